package ee.supervisor.config;

/** When a program that left RUNNING by itself is started again. */
public enum Autorestart {
  NEVER,
  UNEXPECTED,
  ALWAYS
}

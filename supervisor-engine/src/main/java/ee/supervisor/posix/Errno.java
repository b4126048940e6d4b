package ee.supervisor.posix;

/**
 * The reason the kernel gives for refusing a call (errno(3)), with the name operators know it by.
 *
 * @param number 1 to 132 on Linux; the same on x86_64 and aarch64
 */
public record Errno(int number) {
  public static final Errno ENOENT = new Errno(2);
  public static final Errno EINTR = new Errno(4);
  public static final Errno ENXIO = new Errno(6);
  public static final Errno E2BIG = new Errno(7);
  public static final Errno ENOEXEC = new Errno(8);
  public static final Errno EBADF = new Errno(9);
  public static final Errno ECHILD = new Errno(10);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno ENOMEM = new Errno(12);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno EMFILE = new Errno(24);
  public static final Errno ENOSPC = new Errno(28);
  public static final Errno ENAMETOOLONG = new Errno(36);
  public static final Errno EPIPE = new Errno(32);
  public static final Errno ENOSYS = new Errno(38);
  public static final Errno ESRCH = new Errno(3);
  public static final Errno EPERM = new Errno(1);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ENOTDIR = new Errno(20);
  public static final Errno ECONNREFUSED = new Errno(111);
  static final Errno EINPROGRESS = new Errno(115);

  /** Indexed by number; where two names share a number, the one that Supervisor shows. */
  private static final String[] NAMES =
      """
          - EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES
          EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY
          ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLOCK ENAMETOOLONG ENOLCK
          ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI
          EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR
          ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW
          ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE
          EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT
          ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN
          ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN
          ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE
          EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY
          EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL
      """
          .strip()
          .split("\\s+", -1);

  /** {@code ENOENT}, or the bare number where Linux has no name for it, as Supervisor shows it. */
  public String name() {
    boolean named = number > 0 && number < NAMES.length && !NAMES[number].equals("-");
    return named ? NAMES[number] : Integer.toString(number);
  }

  /** libc's sentence for it, such as {@code No such file or directory}. */
  public String message() {
    return Native.errorMessage(number);
  }

  @Override
  public String toString() {
    return name();
  }
}

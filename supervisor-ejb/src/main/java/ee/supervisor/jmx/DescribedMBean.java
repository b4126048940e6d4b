package ee.supervisor.jmx;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.StandardEmitterMBean;

/**
 * An MXBean whose descriptions, parameter names and impacts come from the annotations of its
 * interface, so that a console is readable.
 *
 * <p>Operations of one interface must differ in name or in number of parameters.
 */
final class DescribedMBean extends StandardEmitterMBean {
  /** The same for all beans of a kind: made once, not a thousand times. */
  private static final Map<Class<?>, MBeanInfo> INFOS = new ConcurrentHashMap<>();

  private <T> DescribedMBean(T bean, Class<T> type, NotificationBroadcasterSupport emitter) {
    super(bean, type, true, emitter);
  }

  /**
   * Wraps {@code bean} for registration.
   *
   * @param type its MXBean interface
   * @param emitter sends its notifications
   */
  static <T> DescribedMBean of(T bean, Class<T> type, NotificationBroadcasterSupport emitter) {
    return new DescribedMBean(bean, type, emitter);
  }

  @Override
  protected MBeanInfo getCachedMBeanInfo() {
    return INFOS.get(getMBeanInterface());
  }

  @Override
  protected void cacheMBeanInfo(MBeanInfo info) {
    INFOS.put(getMBeanInterface(), info);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return describe(getMBeanInterface().getAnnotation(Description.class), info.getDescription());
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return method((info.isIs() ? "is" : "get") + info.getName(), 0)
        .map(m -> describe(m.getAnnotation(Description.class), info.getName()))
        .orElse(info.getName());
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return method(info)
        .map(m -> describe(m.getAnnotation(Description.class), info.getName()))
        .orElse(info.getName());
  }

  @Override
  protected String getDescription(MBeanOperationInfo op, MBeanParameterInfo param, int sequence) {
    return method(op)
        .map(m -> m.getParameters()[sequence])
        .map(p -> describe(p.getAnnotation(Description.class), p.getName()))
        .orElse(param.getName());
  }

  @Override
  protected String getParameterName(MBeanOperationInfo op, MBeanParameterInfo param, int sequence) {
    return method(op).map(m -> m.getParameters()[sequence].getName()).orElse(param.getName());
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return method(info).filter(m -> m.isAnnotationPresent(ReadOnly.class)).isPresent()
        ? MBeanOperationInfo.INFO
        : MBeanOperationInfo.ACTION;
  }

  private static String describe(Description description, String otherwise) {
    return description == null ? otherwise : description.value();
  }

  private Optional<Method> method(MBeanOperationInfo info) {
    return method(info.getName(), info.getSignature().length);
  }

  private Optional<Method> method(String name, int parameters) {
    return Arrays.stream(getMBeanInterface().getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
        .findFirst();
  }
}

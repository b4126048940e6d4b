package ee.supervisor.superlance;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Properties;

/** Sends mail through an SMTP server. */
final class SmtpMailer implements Mailer {

  /** A server that says nothing for this long is taken for dead. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Properties properties = new Properties();
  private final Optional<Login> login;

  /** Who we are at the server. */
  record Login(String user, String password) {}

  /**
   * A mailer.
   *
   * @param server host, or {@code host:port}; without it 25
   * @param login empty to send without one
   * @param tls whether the connection must change to TLS before anything is said
   */
  SmtpMailer(String server, Optional<Login> login, boolean tls) {
    this.login = login;
    int colon = server.lastIndexOf(':');
    boolean hasPort = colon > 0 && server.indexOf(':') == colon;
    properties.setProperty("mail.smtp.host", hasPort ? server.substring(0, colon) : server);
    properties.setProperty("mail.smtp.port", hasPort ? server.substring(colon + 1) : "25");
    properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    String millis = Long.toString(TIMEOUT.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
  }

  @Override
  public void send(Mail mail) throws IOException {
    try {
      MimeMessage message = new MimeMessage(Session.getInstance(properties, authenticator()));
      if (mail.from().isPresent()) {
        message.setFrom(new InternetAddress(mail.from().get()));
      }
      for (String to : mail.to()) {
        message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
      }
      if (mail.subject().isPresent()) {
        message.setSubject(mail.subject().get(), "UTF-8");
      }
      message.setHeader(
          "Date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneId.systemDefault())));
      message.setText(mail.body(), "UTF-8");
      Transport.send(message);
    } catch (MessagingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Authenticator authenticator() {
    return login.map(SmtpMailer::authenticator).orElse(null);
  }

  private static Authenticator authenticator(Login login) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(login.user(), login.password());
      }
    };
  }
}

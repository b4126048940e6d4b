package ee.supervisor.config;

import ee.supervisor.posix.Account;
import ee.supervisor.posix.Accounts;
import ee.supervisor.posix.PosixException;
import java.util.Optional;
import java.util.OptionalInt;

/** The users and groups of this machine. */
enum SystemUsers implements UserLookup {
  INSTANCE;

  @Override
  public Optional<UserId> user(String name) throws ConfigException {
    return account(name).map(user -> new UserId(name, user.uid(), user.gid()));
  }

  @Override
  public OptionalInt group(String name) throws ConfigException {
    try {
      Optional<Integer> gid = Accounts.lookupGroup(name);
      return gid.isEmpty() ? OptionalInt.empty() : OptionalInt.of(gid.get());
    } catch (PosixException e) {
      throw new ConfigException("Cannot look up group %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public Optional<String> home(String name) throws ConfigException {
    return account(name).map(Account::home);
  }

  private static Optional<Account> account(String name) throws ConfigException {
    try {
      return Accounts.lookup(name);
    } catch (PosixException e) {
      throw new ConfigException("Cannot look up user %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}

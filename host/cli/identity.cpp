#include "cli/identity.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "platform/file.hpp"
#include "seal/age_reader.hpp"
#include "seal/armor.hpp"
#include "seal/secret.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::size_t max_key_file = 64 * 1024;
constexpr std::size_t max_passphrase = 1024;

Error refused(std::string sentence) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
          std::move(sentence)};
}

// A terminal that does not show what is typed, until it goes.
class Hush {
 public:
  explicit Hush(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet_ = ::tcsetattr(terminal, TCSAFLUSH, &quiet) == 0;
  }
  ~Hush() {
    if (quiet_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Hush(const Hush&) = delete;
  Hush& operator=(const Hush&) = delete;

 private:
  int terminal_;
  termios before_{};
  bool quiet_ = false;
};

// From the terminal, whatever standard input is.
Result<seal::SecretText> ask_passphrase(const std::string& file) {
  const platform::Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (!terminal)
    return refused(file +
                   ": is under a passphrase, and there is no terminal to ask for it; in a script "
                   "use --identity-command");
  const std::string question = "Passphrase of " + file + ": ";
  std::array<char, max_passphrase> room{};
  ssize_t count = 0;
  {
    // Before it asks: what is typed at once would be shown, and thrown away.
    const Hush hush(terminal.get());
    if (::write(terminal.get(), question.data(), question.size()) < 0)
      return os_error(errno, "/dev/tty");
    do count = ::read(terminal.get(), room.data(), room.size());
    while (count < 0 && errno == EINTR);
  }
  if (count < 0 || ::write(terminal.get(), "\n", 1) < 0) return os_error(errno, "/dev/tty");
  std::string_view text(room.data(), static_cast<std::size_t>(count));
  if (text.ends_with('\n')) text.remove_suffix(1);
  seal::SecretText passphrase(text);
  seal::wipe(std::span(room));
  return passphrase;
}

Result<std::vector<seal::X25519Identity>> identities_in(const std::string& text,
                                                        std::string_view name) {
  auto identities = seal::parse_identities(text);
  if (!identities) return std::move(identities.error()).at(name);
  return identities;
}

Result<std::vector<seal::X25519Identity>> from_file(const std::string& file) {
  auto text = platform::read_all(file, max_key_file);
  if (!text) return text.error();
  if (!text->starts_with("age-encryption.org/") && !text->starts_with("-----BEGIN AGE"))
    return identities_in(*text, file);
  auto passphrase = ask_passphrase(file);
  if (!passphrase) return passphrase.error();
  platform::MemorySource source(platform::as_bytes(*text));
  auto age = seal::AgeReader::open(source, *passphrase);
  if (!age) return std::move(age.error()).at(file);
  std::string opened;
  std::array<std::byte, 4096> room{};
  while (opened.size() <= max_key_file) {
    const auto count = age->read(room);
    if (!count) return Error(count.error()).at(file);
    if (*count == 0) break;
    opened += platform::as_text(std::span(room).first(*count));
  }
  auto identities = identities_in(opened, file);
  seal::wipe(std::span(opened));
  seal::wipe(std::span(room));
  return identities;
}

std::string ending_in_words(int status) {
  return WIFEXITED(status) ? "exit code " + std::to_string(WEXITSTATUS(status))
                           : "signal " + std::to_string(WTERMSIG(status));
}

Result<std::vector<seal::X25519Identity>> from_command(const std::string& command) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(::popen(command.c_str(), "re"), ::pclose);
  if (!out) return os_error(errno, command);
  std::string text;
  std::array<char, 4096> room{};
  while (text.size() <= max_key_file) {
    const std::size_t count = std::fread(room.data(), 1, room.size(), out.get());
    if (count == 0) break;
    text.append(room.data(), count);
  }
  auto identities = identities_in(text, "--identity-command");
  const bool is_whole = std::feof(out.get()) != 0;
  const int ended = ::pclose(out.release());
  // What it printed so far need not be all of it.
  if (is_whole && ended != 0)
    identities = refused("--identity-command: failed (" + ending_in_words(ended) +
                         "): see what it says, and run it by hand");
  seal::wipe(std::span(text));
  seal::wipe(std::span(room));
  return identities;
}

}  // namespace

void add_identity(CLI::App& command, IdentitySource& source, Needed needed) {
  CLI::Option_group* one = command.add_option_group("The organisation's secret key");
  one->add_option("--identity", source.file,
                  "Its file, as `fieldnote keys new` wrote it; one under a passphrase (`age -p`) "
                  "asks for it");
  one->add_option("--identity-command", source.command,
                  "What prints it, run by sh: for keys that lie in a key store");
  one->require_option(needed == Needed::always ? 1 : 0, 1);
}

Result<std::vector<seal::X25519Identity>> read_identities(const IdentitySource& source) {
  return source.command.empty() ? from_file(source.file) : from_command(source.command);
}

}  // namespace fieldnote::cli

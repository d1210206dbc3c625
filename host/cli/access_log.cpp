#include "cli/access_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <ctime>

#include "platform/account.hpp"

namespace fieldnote::cli {
namespace {

std::string now_in_words() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace

void add_access(CLI::App& command, AccessOptions& options, Needed needed) {
  command
      .add_option("--reason", options.reason, "Why these bundles are opened, for the access log")
      ->required(needed == Needed::always)
      ->check([](const std::string& text) {
        return text.find_first_not_of(" \t\n") == std::string::npos ? "says nothing" : "";
      });
  command.add_option("--access-log", options.file,
                     "Where each opening is written down; access.jsonl beside the key, if not "
                     "given");
}

Result<AccessLog> AccessLog::open(const AccessOptions& options, const IdentitySource& identity) {
  if (options.reason.empty())
    return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
                 "say with --reason why these bundles are opened: each opening is written down"};
  if (options.file.empty() && identity.file.empty())
    return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
                 "name the access log with --access-log: with --identity-command there is no file "
                 "that it could lie beside"};
  const platform::fs::path path =
      options.file.empty() ? platform::fs::path(identity.file).parent_path() / "access.jsonl"
                           : platform::fs::path(options.file);
  auto account = platform::current_account();
  if (!account) return account.error();
  platform::Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file)
    return Error(os_error(errno, path.string()))
        .at("nothing was opened, as the access log cannot "
            "be written");
  return AccessLog(std::move(file), path.string(), account->user, options.reason);
}

Result<void> AccessLog::add(boost::json::object what) {
  boost::json::object line{{"time", now_in_words()}, {"account", account_}, {"reason", reason_}};
  for (auto& [key, value] : what) line[key] = std::move(value);
  const std::string text = boost::json::serialize(line) + '\n';
  // One write: lines of others do not come in between.
  const ssize_t count = ::write(file_.get(), text.data(), text.size());
  if (count < 0) return os_error(errno, name_);
  if (static_cast<std::size_t>(count) != text.size()) return os_error(ENOSPC, name_);
  if (::fsync(file_.get()) != 0 && errno != EINVAL) return os_error(errno, name_);
  return {};
}

}  // namespace fieldnote::cli

// `fieldnote-host`: started by the browser, speaks native messaging on standard input and output,
// and ends with it.
//
// The order matters: stdout belongs to the protocol before anything can print; the log, account,
// policy, keys and database are opened before the sandbox closes; it is closed before the first
// frame is read.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/system/system_error.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "channel/connection.hpp"
#include "platform/account.hpp"
#include "platform/last_resort.hpp"
#include "platform/log.hpp"
#include "platform/memory.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "platform/watch.hpp"
#include "recorder/service.hpp"

namespace {

using namespace fieldnote;
using platform::Log;

// Chromium kills two seconds after it has closed our input.
constexpr std::chrono::milliseconds latest_end{1500};

struct Arguments {
  std::string policy_folder{platform::policy_folder};
  std::optional<std::string> caller;
  bool log_to_stderr = false;  // whoever starts it by hand reads there, as `fieldnote doctor` does
};

// Chromium passes the origin of the caller, Firefox the path of the manifest and the id of the
// add-on; whoever wrote the native messaging manifest may have put `--policy DIR` before them.
Arguments read_arguments(std::span<char*> arguments) {
  constexpr std::string_view origin = "chrome-extension://";
  Arguments result;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--policy" && i + 1 < arguments.size()) {
      result.policy_folder = arguments[++i];
    } else if (argument == "--log-to-stderr") {
      result.log_to_stderr = true;
    } else if (argument.starts_with(origin)) {
      const std::string_view id = argument.substr(origin.size());
      result.caller = id.substr(0, id.find('/'));
    } else if (argument.find('@') != std::string_view::npos &&
               argument.find('/') == std::string_view::npos) {
      result.caller = argument;
    }
  }
  return result;
}

// Takes stdout for the protocol: whatever prints later, in us or in a library, goes to stderr.
Result<platform::Descriptor> take_stdout() {
  platform::Descriptor out(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  if (!out) return os_error(errno, "standard output");
  if (::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return os_error(errno, "standard output");
  return out;
}

// What is in memory stays there: no core file, no other process of the account looking in.
Result<void> forbid_dumps() {
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return os_error(errno, "core dumps");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return os_error(errno, "core dumps");
  return {};
}

// False where it could not begin, and the log says why.
bool serve(const Arguments& arguments, platform::Descriptor out, Log& log) {
  const auto fail = [&log](Log::Word step, const Error& error) {
    log.say({Log::Priority::error, step, error.code});
    return false;
  };
  auto stop = platform::termination_signals();
  if (!stop) return fail("no_signals", stop.error());
  auto account = platform::current_account();
  if (!account) return fail("no_account", account.error());
  auto folder = platform::state_folder();
  if (!folder) return fail("no_state_folder", folder.error());
  const platform::fs::path policy_folder = arguments.policy_folder;
  // Watched first, read then: no change between the two is missed.
  const std::array<platform::fs::path, 2> watched{policy_folder, policy_folder / "teams.d"};
  auto watch = platform::watch_folders(watched);
  if (!watch) return fail("no_watch_of_the_policy", watch.error());
  auto spool = spool::Spool::open(*folder);
  // Also where the spool did not open: then there is no folder, and no news.
  const std::array<platform::fs::path, 1> news_folder{spool::Spool::news_folder(*folder)};
  auto news = platform::watch_folders(news_folder);
  if (!news) return fail("no_watch_of_the_news", news.error());
  auto policy = policy::read_policy(policy_folder);
  // Where there is no folder there is nothing to write.
  std::vector<platform::fs::path> writable;
  if (platform::fs::exists(*folder)) writable.push_back(*folder);
  recorder::Service service(std::move(policy), std::move(*account), std::move(spool),
                            arguments.caller, &log);
  const auto level = platform::enter_sandbox(writable);
  if (!level) return fail("no_sandbox", level.error());
  // What only starting needed goes first: what is held cannot be given back in the middle.
  platform::trim_heap();
  log.say({Log::Priority::info, "started"}, {{"landlock_abi", level->landlock_abi},
                                             {"memory_locked", platform::lock_heap() ? 1 : 0}});
  // The sandbox first: it holds for the threads that are made after it.
  platform::end_at_the_latest(STDIN_FILENO, stop->get(), latest_end);
  channel::run_connection(service, {platform::Descriptor(STDIN_FILENO), std::move(out),
                                    std::move(*watch), std::move(*news), std::move(*stop)});
  return true;
}

// Exceptions are for bugs and for memory, and their words can be anything: only their kind is said.
int run(const Arguments& arguments, platform::Descriptor out) {
  Log log = arguments.log_to_stderr ? Log::on_standard_error() : Log();
  try {
    return serve(arguments, std::move(out), log) ? 0 : 1;
  } catch (const boost::system::system_error& error) {
    log.say({Log::Priority::error, "exception", error.code()});
  } catch (const std::bad_alloc&) {
    log.say({Log::Priority::error, "no_memory"});
  } catch (const std::exception&) {
    log.say({Log::Priority::error, "exception"});
  }
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(077);
  platform::use_one_heap();
  auto out = take_stdout();
  const auto forbidden = forbid_dumps();
  if (!out || !forbidden) {
    Log().say(
        {Log::Priority::error, "no_beginning", out ? forbidden.error().code : out.error().code});
    return 1;
  }
  if (::isatty(STDIN_FILENO) == 1) {
    std::cerr << "fieldnote-host is started by the browser; there is nothing to type here. See "
                 "`fieldnote --help`.\n";
    return 1;
  }
  return run(read_arguments(std::span(argv, static_cast<std::size_t>(argc))), std::move(*out));
}

// What the host says of itself, heard at a real socket in the journal's place.
#include "platform/log.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <optional>
#include <type_traits>

#include "desk.hpp"
#include "platform/sandbox.hpp"

namespace fieldnote::platform {
namespace {

using channel::ProtocolError;
using testing::contains;
using testing::TemporaryFolder;
using Priority = Log::Priority;

// systemd-journald's side of the socket.
class Journal {
 public:
  explicit Journal(const fs::path& path)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    BOOST_TEST_REQUIRE(path.string().size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.string().size());
    BOOST_TEST_REQUIRE(
        ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }

  // The next entry; nothing where none waits.
  std::optional<std::string> next() {
    std::array<char, 8192> room{};
    const ssize_t size = ::recv(socket_.get(), room.data(), room.size(), 0);
    if (size < 0) return std::nullopt;
    return std::string(room.data(), static_cast<std::size_t>(size));
  }
  std::string all() {
    std::string text;
    while (const auto entry = next()) text += *entry + '\n';
    return text;
  }

 private:
  Descriptor socket_;
};

struct Place {
  TemporaryFolder folder;
  fs::path place = folder / "socket";
  std::optional<Journal> journal{std::in_place, place};
};

// What `say` prints on standard error.
template <class F>
std::string on_standard_error(const F& say) {
  const TemporaryFolder folder;
  const Descriptor kept(::dup(STDERR_FILENO));
  testing::write_file(folder / "said", "");
  const Descriptor file(::open((folder / "said").c_str(), O_WRONLY | O_CLOEXEC));
  ::dup2(file.get(), STDERR_FILENO);
  say();
  ::dup2(kept.get(), STDERR_FILENO);
  return testing::read_file(folder / "said");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log, Place)

BOOST_AUTO_TEST_CASE(an_entry_has_our_fields_and_those_of_the_journal) {
  Log log(place);
  BOOST_TEST(log.reaches_journal());
  log.say({Priority::error, "error_told", make_error_code(ProtocolError::storage_failed),
           os_error(28, "").code},
          {{"landlock_abi", 4}});
  BOOST_TEST(journal->next().value() ==
             "MESSAGE=error_told: version " FIELDNOTE_VERSION
             ", landlock_abi 4, storage_failed (fieldnote.protocol 16), because of: No space left "
             "on device (system 28)\n"
             "PRIORITY=3\n"
             "SYSLOG_IDENTIFIER=fieldnote-host\n"
             "FIELDNOTE_VERSION=" FIELDNOTE_VERSION
             "\n"
             "FIELDNOTE_EVENT=error_told\n"
             "FIELDNOTE_LANDLOCK_ABI=4\n"
             "FIELDNOTE_ERROR=storage_failed\n"
             "FIELDNOTE_ERROR_KIND=fieldnote.protocol\n"
             "FIELDNOTE_ERROR_NUMBER=16\n"
             "FIELDNOTE_CAUSE=No space left on device\n"
             "FIELDNOTE_CAUSE_KIND=system\n"
             "FIELDNOTE_CAUSE_NUMBER=28\n");
}

BOOST_AUTO_TEST_CASE(no_text_that_was_read_can_be_said) {
  static_assert(!std::is_convertible_v<std::string, Log::Word>);
  static_assert(!std::is_constructible_v<Log::Word, std::string>);
  static_assert(!std::is_constructible_v<Log::Word, std::string_view>);
  static_assert(!std::is_constructible_v<Log::Word, const char*>);
}

BOOST_AUTO_TEST_CASE(what_was_connected_before_is_written_to_from_inside_the_sandbox) {
  Log log(place);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::array<fs::path, 0> none{};
    const bool closed = enter_sandbox(none).has_value();
    log.say({Priority::info, "inside"});
    // No other way of sending is open, to this or to anybody else.
    const bool mute =
        ::send(STDIN_FILENO, "x", 1, 0) == -1 && errno == EPERM && !Log(place).reaches_journal();
    ::_exit(closed && mute ? 0 : 1);
  }
  int status = 1;
  BOOST_TEST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
  BOOST_TEST(contains(journal->all(), "FIELDNOTE_EVENT=inside\n"));
}

BOOST_AUTO_TEST_CASE(a_full_journal_holds_nobody_up_and_what_was_left_out_is_counted) {
  Log log(place);
  const std::string errors = on_standard_error([&] {
    // A socket's queue has room for net.unix.max_dgram_qlen; what nobody takes fills it.
    for (int i = 0; i < Log::most_lines - 1; ++i) log.say({Priority::info, "again"});
  });
  int came = 0;
  while (journal->next()) ++came;
  BOOST_TEST(came > 0);
  BOOST_TEST_REQUIRE(came < Log::most_lines - 1);
  BOOST_TEST(errors.empty());
  log.say({Priority::info, "later"});
  BOOST_TEST(contains(journal->all(),
                      "FIELDNOTE_LEFT_OUT=" + std::to_string(Log::most_lines - 1 - came) + "\n"));
}

BOOST_AUTO_TEST_CASE(without_a_journal_or_when_it_is_gone_standard_error_is_told) {
  Log log(place);
  journal.reset();
  const auto say = [&] {
    log.say({Priority::error, "no_account", os_error(2, "").code});
    Log(folder / "nobody").say({Priority::info, "started"}, {{"landlock_abi", 0}});
    Log::on_standard_error().say({Priority::info, "here"});
  };
  BOOST_TEST(on_standard_error(say) == "fieldnote-host: no_account: version " FIELDNOTE_VERSION
                                       ", No such file or directory (system 2)\n"
                                       "fieldnote-host: started: version " FIELDNOTE_VERSION
                                       ", landlock_abi 0\n"
                                       "fieldnote-host: here: version " FIELDNOTE_VERSION "\n");
  BOOST_TEST(!log.reaches_journal());
}

BOOST_AUTO_TEST_CASE(a_standard_error_that_nobody_reads_holds_nobody_up) {
  std::array<int, 2> ends{};
  BOOST_TEST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const Descriptor read(ends[0]), write(ends[1]);
  const Descriptor kept(::dup(STDERR_FILENO));
  ::fcntl(write.get(), F_SETFL, O_NONBLOCK);
  const std::string block(4096, 'x');
  while (::write(write.get(), block.data(), block.size()) > 0) {
  }
  ::fcntl(write.get(), F_SETFL, 0);
  ::dup2(write.get(), STDERR_FILENO);
  Log::on_standard_error().say({Priority::info, "started"});  // it returns
  ::dup2(kept.get(), STDERR_FILENO);
}

BOOST_AUTO_TEST_CASE(a_host_that_would_not_stop_talking_is_quiet_after_a_while) {
  Log log(place);
  std::string heard;
  for (int i = 0; i < 3 * Log::most_lines; ++i) {
    log.say({Priority::info, "again"});
    heard += journal->all();
  }
  BOOST_TEST(contains(heard, "no_more_is_said"));
  BOOST_TEST(std::count(heard.begin(), heard.end(), 'M') < 3 * Log::most_lines);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

// A service that logs, with a person who has said yes.
struct Watched : Place, testing::Desk {
  Log log{place};
  recorder::Service service{read(), testing::alice(), spool::Spool::open(state),
                            testing::our_extension, &log};
  std::string out;

  void hear(const std::string& frame) {
    if (service.on_frame(frame, out)) static_cast<void>(service.on_settle(out));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_of_a_connection, Watched)

BOOST_AUTO_TEST_CASE(errors_are_named_and_nothing_of_a_page_arrives) {
  {
    testing::Browser browser(*this, state);
    say_yes(browser);
  }
  const std::string planted = "Kanarie-7731";
  hear(R"({"type":"attach","protocol":1,"extension":"0.1.0","browser":"chromium","stream":")" +
       std::string(testing::a_stream) + "\"}");
  hear(R"({"type":"batch","seq":1,"events":[{"kind":")" + planted + "\"}]}");
  hear(R"({"type":"batch","seq":2,"events":[)" + planted);
  hear(R"({"type":")" + planted + "\"}");
  hear(R"({"type":"state","id":1,"change":")" + planted + "\"}");
  hear("https://crm.example.com/" + planted);
  const std::string heard = journal->all();
  for (const char* name : {"batch_unreadable", "message_unknown", "message_invalid"})
    BOOST_TEST(contains(heard, "FIELDNOTE_ERROR=" + std::string(name) + "\n"), name);
  BOOST_TEST(!contains(heard, planted));
  BOOST_TEST(!contains(heard, "crm.example"));
  BOOST_TEST(!contains(heard, state.string()));
}

BOOST_AUTO_TEST_CASE(what_the_person_chose_is_theirs) {
  hear(R"({"type":"attach","protocol":1,"extension":"0.1.0","browser":"chromium","stream":")" +
       std::string(testing::a_stream) + "\"}");
  hear(R"({"type":"batch","seq":1,"events":[]})");
  hear(R"({"type":"consent","digest":")" + std::string(64, '0') + R"(","answer":"no"})");
  BOOST_TEST(contains(out, "not_recording"));
  BOOST_TEST(journal->all() == "");
}

BOOST_AUTO_TEST_CASE(a_refused_policy_is_named) {
  organisation["recordings"] = "on";
  recorder::Service refused{read(), testing::alice(), spool::Spool::open(state),
                            testing::our_extension, &log};
  static_cast<void>(refused.on_open(out));
  const std::string heard = journal->all();
  BOOST_TEST(contains(heard, "FIELDNOTE_ERROR=unknown key\n"));
  BOOST_TEST(!contains(heard, "recordings"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::platform

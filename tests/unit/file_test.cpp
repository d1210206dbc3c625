// Files that are durable or never were, and files that somebody else could have written.
#include "platform/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <thread>

#include "platform/lock.hpp"
#include "platform/paths.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::platform {
namespace {

using testing::contains;
using testing::mode_of;
using testing::read_file;
using testing::write_file;

struct Folder : testing::TemporaryFolder {
  fs::path path_of(std::string_view name) const { return *this / name; }
};

BOOST_FIXTURE_TEST_SUITE(durable_file, Folder)

BOOST_AUTO_TEST_CASE(without_a_commit_it_is_as_if_nothing_had_been_written) {
  {
    auto file = DurableFile::create(path_of("a"), 0600);
    BOOST_TEST_REQUIRE(file.has_value());
    BOOST_TEST(file->write(as_bytes("half")).has_value());
    BOOST_TEST(file->sync().has_value());
    BOOST_TEST(!fs::exists(path_of("a")));
  }
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_commit_gives_the_name_and_leaves_nothing_else) {
  {
    auto file = DurableFile::create(path_of("a"), 0600);
    BOOST_TEST_REQUIRE(file.has_value());
    BOOST_TEST(file->write(as_bytes("whole")).has_value());
    BOOST_TEST(file->commit().has_value());
  }
  BOOST_TEST(read_file(path_of("a")) == "whole");
  BOOST_TEST(mode_of(path_of("a")) == 0600U);
  BOOST_TEST((names() == std::set<std::string>{"a"}));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_there_is_not_written_over) {
  write_file(path_of("a"), "old");
  auto file = DurableFile::create(path_of("a"), 0600);
  BOOST_TEST_REQUIRE(file.has_value());
  BOOST_TEST(file->write(as_bytes("new")).has_value());
  const auto done = file->commit();
  BOOST_TEST_REQUIRE(done.has_error());
  BOOST_TEST(done.error().code.value() == EEXIST);
  BOOST_TEST(contains(done.error().sentence, path_of("a").string()));
  BOOST_TEST(read_file(path_of("a")) == "old");
}

BOOST_AUTO_TEST_CASE(unless_it_is_meant_to_replace) {
  write_file(path_of("a"), "old");
  auto file = DurableFile::create(path_of("a"), 0600, true);
  BOOST_TEST_REQUIRE(file.has_value());
  BOOST_TEST(file->write(as_bytes("new")).has_value());
  BOOST_TEST(read_file(path_of("a")) == "old");
  BOOST_TEST(file->commit().has_value());
  BOOST_TEST(read_file(path_of("a")) == "new");
}

BOOST_AUTO_TEST_CASE(a_known_temporary_name_is_taken_once) {
  auto one = DurableFile::create_as(path_of("1.part"), path_of("1"), 0600);
  BOOST_TEST_REQUIRE(one.has_value());
  const auto two = DurableFile::create_as(path_of("1.part"), path_of("1"), 0600);
  BOOST_TEST_REQUIRE(two.has_error());
  BOOST_TEST(two.error().code.value() == EEXIST);
  BOOST_TEST(one->commit_as(path_of("1-digest")).has_value());
  BOOST_TEST((names() == std::set<std::string>{"1-digest"}));
}

BOOST_AUTO_TEST_CASE(what_is_kept_outlives_its_owner) {
  {
    auto file = DurableFile::create_as(path_of("1.part"), path_of("1"), 0600);
    BOOST_TEST_REQUIRE(file.has_value());
    file->keep();
  }
  BOOST_TEST((names() == std::set<std::string>{"1.part"}));
}

BOOST_AUTO_TEST_CASE(a_moved_file_has_one_owner) {
  {
    auto file = DurableFile::create(path_of("a"), 0600);
    BOOST_TEST_REQUIRE(file.has_value());
    DurableFile owner = std::move(*file);
    { const DurableFile gone = std::move(owner); }
    BOOST_TEST(names().empty());
  }
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(descriptors, Folder)

BOOST_AUTO_TEST_CASE(a_nameless_file_is_read_where_it_was_written_and_leaves_nothing) {
  const auto file = nameless_file(path());
  BOOST_TEST_REQUIRE(file.has_value());
  BOOST_TEST(names().empty());
  BOOST_TEST(write_all(*file, as_bytes("some"), "it").has_value());
  BOOST_TEST(write_all(*file, as_bytes("more"), "it").has_value());
  std::array<std::byte, 4> room{};
  BOOST_TEST(read_at(*file, 2, room, "it").value() == 4U);
  BOOST_TEST(as_text(room) == "memo");
}

BOOST_AUTO_TEST_CASE(less_is_read_only_where_the_file_ends) {
  write_file(path_of("a"), "whole");
  const Descriptor file(::open(path_of("a").c_str(), O_RDONLY | O_CLOEXEC));
  std::array<std::byte, 4> room{};
  BOOST_TEST(read_at(file, 3, room, "a").value() == 2U);
  BOOST_TEST(read_at(file, 5, room, "a").value() == 0U);
}

// A pipe takes what there is room for.
BOOST_AUTO_TEST_CASE(all_is_written_however_little_is_taken_at_a_time) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE_EQUAL(::pipe2(ends.data(), O_CLOEXEC), 0);
  const Descriptor from(ends[0]);
  const std::string all(1 << 20, 'x');
  bool written = false;
  std::thread writer([&, to = Descriptor(ends[1])] {
    written = write_all(to, as_bytes(all), "the pipe").has_value();
  });
  std::size_t taken = 0;
  std::array<std::byte, 1000> room{};
  while (const ssize_t count = ::read(from.get(), room.data(), room.size())) {
    BOOST_REQUIRE(count > 0);
    taken += static_cast<std::size_t>(count);
    if (taken == all.size()) break;
  }
  writer.join();
  BOOST_TEST(written);
  BOOST_TEST(taken == all.size());
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_names_the_file) {
  const Descriptor folder(::open(path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::array<std::byte, 4> room{};
  BOOST_TEST(
      contains(write_all(folder, as_bytes("x"), "the bundle").error().sentence, "the bundle"));
  BOOST_TEST(contains(read_at(folder, 0, room, "the bundle").error().sentence, "the bundle"));
  const auto nowhere = nameless_file(path_of("nowhere"));
  BOOST_TEST(contains(nowhere.error().sentence, "nowhere"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(trusted_files, Folder)

void check_refused(const Result<std::string>& text, const fs::path& path, std::string_view why) {
  BOOST_TEST_REQUIRE(text.has_error());
  BOOST_TEST(text.error().sentence.starts_with(path.string() + ": "));
  BOOST_TEST(contains(text.error().sentence, why), text.error().sentence);
}

BOOST_AUTO_TEST_CASE(our_own_file_is_believed) {
  write_file(path_of("a"), "text");
  BOOST_TEST(read_trusted(path_of("a"), 4).value() == "text");
}

BOOST_AUTO_TEST_CASE(a_file_that_others_can_write_is_not) {
  for (const mode_t mode : {0664U, 0646U, 0666U, 0620U}) {
    write_file(path_of("a"), "text", mode);
    check_refused(read_trusted(path_of("a"), 100), path_of("a"), "chmod go-w");
  }
}

BOOST_AUTO_TEST_CASE(a_file_of_another_account_is_not) {
  if (::geteuid() != 0) {
    BOOST_TEST_MESSAGE("only root can give a file away: not tested");
    return;
  }
  write_file(path_of("a"), "text");
  BOOST_TEST_REQUIRE(::chown(path_of("a").c_str(), 65534, 65534) == 0);
  check_refused(read_trusted(path_of("a"), 100), path_of("a"), "another account");
}

BOOST_AUTO_TEST_CASE(a_link_and_what_is_no_file_are_not) {
  write_file(path_of("a"), "text");
  fs::create_symlink(path_of("a"), path_of("link"));
  check_refused(read_trusted(path_of("link"), 100), path_of("link"), "symbolic link");
  fs::create_directory(path_of("folder"));
  check_refused(read_trusted(path_of("folder"), 100), path_of("folder"), "not a regular file");
  // Opening a pipe without a writer would wait for ever.
  BOOST_TEST_REQUIRE(::mkfifo(path_of("pipe").c_str(), 0600) == 0);
  check_refused(read_trusted(path_of("pipe"), 100), path_of("pipe"), "not a regular file");
}

BOOST_AUTO_TEST_CASE(the_cap_is_exact) {
  write_file(path_of("a"), std::string(70000, 'x'));
  BOOST_TEST(read_trusted(path_of("a"), 70000).value().size() == 70000U);
  check_refused(read_trusted(path_of("a"), 69999), path_of("a"), "larger than 69999 bytes");
  check_refused(read_all(path_of("a"), 69999), path_of("a"), "larger than 69999 bytes");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_named) {
  check_refused(read_trusted(path_of("missing"), 1), path_of("missing"), "No such file");
  check_refused(read_all(path_of("missing"), 1), path_of("missing"), "No such file");
}

BOOST_AUTO_TEST_CASE(a_folder_that_others_can_change_is_not_believed) {
  BOOST_TEST(check_trusted_folder(path()).has_value());
  fs::create_directory(path_of("open"));
  for (const mode_t mode : {0775U, 0757U, 01777U}) {
    BOOST_TEST_REQUIRE(::chmod(path_of("open").c_str(), mode) == 0);
    const auto checked = check_trusted_folder(path_of("open"));
    BOOST_TEST_REQUIRE(checked.has_error());
    BOOST_TEST(contains(checked.error().sentence, "others can write it"));
  }
  write_file(path_of("a"), "");
  BOOST_TEST(contains(check_trusted_folder(path_of("a")).error().sentence, "not a folder"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(private_folder, Folder)

BOOST_AUTO_TEST_CASE(it_is_made_with_what_is_missing_above_it) {
  const fs::path deep = path() / "a" / "b" / "c";
  BOOST_TEST_REQUIRE(make_private_folder(deep).has_value());
  for (const fs::path& made : {deep, deep.parent_path(), deep.parent_path().parent_path()})
    BOOST_TEST(mode_of(made) == 0700U);
  BOOST_TEST(make_private_folder(deep).has_value());
}

BOOST_AUTO_TEST_CASE(one_that_is_not_ours_alone_is_refused) {
  fs::create_directory(path_of("open"));
  for (const mode_t mode : {0701U, 0710U, 0777U}) {
    BOOST_TEST_REQUIRE(::chmod(path_of("open").c_str(), mode) == 0);
    const auto made = make_private_folder(path_of("open"));
    BOOST_TEST_REQUIRE(made.has_error());
    BOOST_TEST(contains(made.error().sentence, path_of("open").string()));
    BOOST_TEST(contains(made.error().sentence, "chmod 700"));
  }
  write_file(path_of("file"), "");
  BOOST_TEST(contains(make_private_folder(path_of("file")).error().sentence, "not a folder"));
  fs::create_directory_symlink(path(), path_of("link"));
  BOOST_TEST(contains(make_private_folder(path_of("link")).error().sentence, "not a folder"));
}

BOOST_AUTO_TEST_CASE(where_nothing_can_be_made_that_is_said) {
  write_file(path_of("file"), "");
  const auto made = make_private_folder(path() / "file" / "below" / "it");
  BOOST_TEST_REQUIRE(made.has_error());
  BOOST_TEST(made.error().code.value() == ENOTDIR);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(lock_file, Folder)

BOOST_AUTO_TEST_CASE(a_second_holder_waits_for_the_first) {
  auto mine = LockFile::open(path_of("lock"));
  auto theirs = LockFile::open(path_of("lock"));
  BOOST_TEST_REQUIRE(mine.has_value());
  BOOST_TEST_REQUIRE(theirs.has_value());
  BOOST_TEST(mode_of(path_of("lock")) == 0600U);
  std::atomic<int> steps =
      0;  // it is the lock that orders them, of which a thread sanitizer knows nothing
  std::jthread second;
  {
    auto hold = mine->lock();
    BOOST_TEST_REQUIRE(hold.has_value());
    second = std::jthread([&] {
      const auto turn = theirs->lock();
      if (turn && steps == 1) steps = 2;
    });
    steps = 1;
  }
  second.join();
  BOOST_TEST(steps == 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(state_folder_path)

// Sets a variable for the time of a test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

BOOST_AUTO_TEST_CASE(the_xdg_variable_wins_where_it_is_absolute) {
  const Variable home("HOME", "/home/a");
  {
    const Variable state("XDG_STATE_HOME", "/state");
    BOOST_TEST(state_folder().value() == fs::path("/state/fieldnote"));
  }
  for (const char* unset : {static_cast<const char*>(nullptr), "", "relative"}) {
    const Variable state("XDG_STATE_HOME", unset);
    BOOST_TEST(state_folder().value() == fs::path("/home/a/.local/state/fieldnote"));
  }
}

BOOST_AUTO_TEST_CASE(without_either_there_is_one_sentence) {
  const Variable home("HOME", nullptr);
  const Variable state("XDG_STATE_HOME", nullptr);
  BOOST_TEST(contains(state_folder().error().sentence, "set HOME"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::platform

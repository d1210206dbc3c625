// The invariants that stand at the top of spool/spool.hpp, by their names, and what becomes of a
// spool that cannot be used.
#include "spool/spool.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "spool/damage.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::spool {
namespace {

using testing::contains;
using testing::mode_of;
using testing::read_file;
using testing::write_file;

const StreamId stream = *StreamId::parse("0123456789abcdef0123456789abcdef");
const StreamId other_stream = *StreamId::parse("fedcba9876543210fedcba9876543210");

Terms some_terms(std::string_view organisation = "Example Corp") {
  return {seal::sha256(platform::as_bytes("policy")),
          seal::sha256(platform::as_bytes("notice")),
          seal::sha256(platform::as_bytes("receipt")),
          std::string(organisation),
          10,
          "age1a age1b"};
}

// Stores one batch and says how that went.
Result<void> put(Spool& spool, std::uint64_t seq, std::string_view lines,
                 const StreamId& of = stream) {
  auto write = spool.write();
  if (!write) return write.error();
  auto terms = write->terms_row(some_terms());
  if (!terms) return terms.error();
  const SealedBatch batch = spool.seal(of, seq, 1, lines);
  if (auto stored = write->put({&batch, 1}, *terms); !stored) return stored;
  return write->commit();
}

struct Folder : testing::TemporaryFolder {
  fs::path folder = *this / "state";
  fs::path database = folder / "spool.db";

  Spool open() const {
    auto spool = Spool::open(folder);
    BOOST_TEST_REQUIRE(spool.has_value(), spool.error().sentence);
    return std::move(*spool);
  }
  // Changes the database as another program could.
  void run(const std::string& sql) const {
    auto direct = Database::open(database);
    BOOST_TEST_REQUIRE(direct.has_value());
    const auto done = direct->run(sql.c_str());
    BOOST_TEST_REQUIRE(done.has_value(), done.error().sentence);
  }
};

// A spool that cannot be used says so in one sentence that names the file.
void check_refused(const Folder& at, SpoolError code, std::string_view word) {
  const auto spool = Spool::open(at.folder);
  BOOST_TEST_REQUIRE(spool.has_error());
  BOOST_TEST(spool.error().code == make_error_code(code));
  BOOST_TEST(spool.error().sentence.starts_with(at.database.string() + ": "),
             spool.error().sentence);
  BOOST_TEST(contains(spool.error().sentence, word), spool.error().sentence);
  BOOST_TEST(!contains(spool.error().sentence, "\n"));
}

BOOST_FIXTURE_TEST_SUITE(spool, Folder)

BOOST_AUTO_TEST_CASE(acked_means_durable) {
  // A child stores and is killed in the middle of the next transaction, without a chance to close.
  static_cast<void>(open());
  std::array<int, 2> pipe_ends{};
  BOOST_TEST_REQUIRE(::pipe(pipe_ends.data()) == 0);
  const pid_t child = ::fork();
  BOOST_TEST_REQUIRE(child >= 0);
  if (child == 0) {
    auto mine = Spool::open(folder);
    bool good = mine.has_value();
    for (std::uint64_t seq = 1; good && seq <= 3; ++seq)
      good = put(*mine, seq, "batch " + std::to_string(seq)).has_value();
    if (good) {
      auto write = mine->write();
      const SealedBatch batch = mine->seal(stream, 4, 1, "never committed");
      good = write && write->put({&batch, 1}, 1).has_value();
      const char told = good ? 'y' : 'n';
      if (::write(pipe_ends[1], &told, 1) == 1)
        while (true) ::pause();
    }
    ::_exit(1);
  }
  ::close(pipe_ends[1]);
  char told = 0;
  BOOST_TEST(::read(pipe_ends[0], &told, 1) == 1);
  ::close(pipe_ends[0]);
  BOOST_TEST(told == 'y');
  BOOST_TEST_REQUIRE(::kill(child, SIGKILL) == 0);
  BOOST_TEST_REQUIRE(::waitpid(child, nullptr, 0) == child);

  Spool after = open();
  BOOST_TEST((after.next_seq(stream).value() == 4U));
  const auto rows = after.held(0, 100);
  BOOST_TEST_REQUIRE(rows.has_value());
  BOOST_TEST_REQUIRE(rows->size() == 3U);
  for (std::size_t i = 0; i < 3; ++i)
    BOOST_TEST((*rows)[i].lines == "batch " + std::to_string(i + 1));
}

BOOST_AUTO_TEST_CASE(stored_exactly_once) {
  Spool spool = open();
  BOOST_TEST(!spool.next_seq(stream).value().has_value());
  // The number and the batch change together, or neither does.
  {
    auto write = spool.write();
    BOOST_TEST_REQUIRE(write.has_value());
    const auto terms = write->terms_row(some_terms());
    const SealedBatch batch = spool.seal(stream, 7, 1, "given up");
    BOOST_TEST_REQUIRE(write->put({&batch, 1}, *terms).has_value());
    BOOST_TEST((write->next_seq(stream).value() == 8U));
  }
  BOOST_TEST(!spool.next_seq(stream).value().has_value());
  BOOST_TEST(spool.held(0, 10).value().empty());
  BOOST_TEST(!spool.terms(1).value().has_value());

  BOOST_TEST_REQUIRE(put(spool, 7, "kept").has_value());
  BOOST_TEST((spool.next_seq(stream).value() == 8U));
  BOOST_TEST(!spool.next_seq(other_stream).value().has_value());
  BOOST_TEST_REQUIRE(put(spool, 1, "of the other", other_stream).has_value());
  BOOST_TEST((spool.next_seq(stream).value() == 8U));
  const auto rows = spool.held(0, 10);
  BOOST_TEST_REQUIRE(rows->size() == 2U);
  BOOST_TEST((*rows)[0].lines == "kept");
  BOOST_TEST((*rows)[0].seq == 7U);
  BOOST_TEST(((*rows)[0].stream == stream));
  BOOST_TEST(((*rows)[1].stream == other_stream));
}

BOOST_AUTO_TEST_CASE(held_only_encrypted) {
  const std::string canary = "canary-in-the-coal-mine";
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += canary + '\n';
  Spool spool = open();
  BOOST_TEST_REQUIRE(put(spool, 1, lines).has_value());
  BOOST_TEST_REQUIRE(put(spool, 2, canary).has_value());
  std::size_t bytes = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string content = read_file(file.path());
    bytes += content.size();
    BOOST_TEST(!contains(content, canary), file.path().string());
    BOOST_TEST(!contains(content, canary.substr(0, 10)), file.path().string());
  }
  BOOST_TEST(bytes > lines.size());
  BOOST_TEST((spool.held(0, 10).value()[0].lines == lines));
}

BOOST_AUTO_TEST_CASE(a_row_stays_in_place) {
  const char* const moves[] = {
      // two rows change places
      "CREATE TABLE old AS SELECT id, sealed FROM held; UPDATE held SET sealed = (SELECT sealed "
      "FROM old WHERE old.id = 3 - held.id); DROP TABLE old",
      "UPDATE held SET seq = 9 WHERE id = 1",
      "UPDATE held SET stream = x'fedcba9876543210fedcba9876543210' WHERE id = 1",
      "UPDATE held SET schema = 2 WHERE id = 1",
      "UPDATE held SET sealed = x'' WHERE id = 1",
      "UPDATE held SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE id = 1",
  };
  for (const char* move : moves) {
    const Folder fresh;
    {
      Spool spool = fresh.open();
      BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
      BOOST_TEST_REQUIRE(put(spool, 2, "two").has_value());
      BOOST_TEST(spool.held(0, 10).has_value());
    }
    fresh.run(move);
    const auto rows = fresh.open().held(0, 10);
    BOOST_TEST_REQUIRE(rows.has_value(), move);
    BOOST_TEST_REQUIRE(rows->size() == 2U);
    BOOST_TEST(rows->front().damaged, move);
    BOOST_TEST(rows->front().lines.empty());
    BOOST_TEST(rows->back().damaged == (move == moves[0]));
  }
}

BOOST_AUTO_TEST_CASE(rows_come_in_pages_in_the_order_in_which_they_were_stored) {
  Spool spool = open();
  for (std::uint64_t seq = 1; seq <= 5; ++seq)
    BOOST_TEST_REQUIRE(put(spool, seq, std::to_string(seq)).has_value());
  std::string seen;
  std::int64_t after = 0;
  while (true) {
    const auto page = spool.held(after, 2);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->size() <= 2U);
    if (page->empty()) break;
    for (const HeldRow& row : *page) seen += row.lines;
    after = page->back().id;
  }
  BOOST_TEST(seen == "12345");
}

BOOST_AUTO_TEST_CASE(a_row_is_taken_out_once_and_only_as_it_was_read) {
  Spool spool = open();
  BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
  HeldRow row = spool.held(0, 1).value().front();
  {
    auto write = spool.write();
    HeldRow changed = row;
    ++changed.version;
    BOOST_TEST(write->take_out(changed).value() == false);
    BOOST_TEST(write->take_out(row).value() == true);
    BOOST_TEST(write->take_out(row).value() == false);
    BOOST_TEST(write->commit().has_value());
  }
  BOOST_TEST(spool.held(0, 1).value().empty());
  // Its number does not come back with the next row.
  BOOST_TEST_REQUIRE(put(spool, 2, "two").has_value());
  BOOST_TEST(spool.held(0, 1).value().front().id > row.id);
}

BOOST_AUTO_TEST_CASE(equal_terms_share_a_row) {
  Spool spool = open();
  auto write = spool.write();
  const std::int64_t first = write->terms_row(some_terms()).value();
  BOOST_TEST(write->terms_row(some_terms()).value() == first);
  const std::int64_t second = write->terms_row(some_terms("Other Corp")).value();
  BOOST_TEST(second != first);
  BOOST_TEST(write->commit().has_value());
  BOOST_TEST((spool.terms(first).value() == some_terms()));
  BOOST_TEST((spool.terms(second).value() == some_terms("Other Corp")));
  BOOST_TEST(!spool.terms(99).value().has_value());
}

BOOST_AUTO_TEST_CASE(terms_that_are_not_as_they_were_stored_are_told) {
  const char* const changes[] = {"organisation = 'Exbmple Corp'",
                                 "min_participants = 2",
                                 "recipients = 'age1a age1c'",
                                 "policy = zeroblob(32)",
                                 "notice = zeroblob(32)",
                                 "receipt = zeroblob(32)",
                                 "window = 1",
                                 "digest = zeroblob(32)",
                                 "organisation = 'Example Corp1', min_participants = 0"};
  for (const char* change : changes) {
    const Folder fresh;
    {
      Spool spool = fresh.open();
      BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
    }
    fresh.run(std::string("UPDATE terms SET ") + change);
    const auto terms = fresh.open().terms(1);
    BOOST_TEST_REQUIRE(terms.has_error(), change);
    BOOST_TEST((terms.error().code == SpoolError::damaged), change);
  }
}

BOOST_AUTO_TEST_CASE(an_older_schema_is_brought_up_to_date_with_what_is_held) {
  {
    Spool spool = open();
    BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
  }
  run("ALTER TABLE terms DROP COLUMN digest; DROP TABLE person; DROP TABLE task;"
      "ALTER TABLE bundle DROP COLUMN asks; PRAGMA user_version = 1");
  Spool spool = open();
  BOOST_TEST((spool.terms(1).value() == some_terms()));
  BOOST_TEST(spool.held(0, 10).value().front().lines == "one");
  BOOST_TEST_REQUIRE(put(spool, 2, "two").has_value());
  BOOST_TEST(spool.held(0, 10).value().size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_last_answer_counts) {
  Spool spool = open();
  BOOST_TEST(!spool.last_consent().value().has_value());
  const auto answer = [&](bool yes, const std::string& receipt) {
    auto write = spool.write();
    BOOST_TEST_REQUIRE(
        write->add_consent({seal::sha256(platform::as_bytes(receipt)), yes, receipt}).has_value());
    BOOST_TEST_REQUIRE(write->commit().has_value());
  };
  answer(true, "first");
  answer(false, "second");
  const auto last = spool.last_consent().value();
  BOOST_TEST_REQUIRE(last.has_value());
  BOOST_TEST(!last->yes);
  BOOST_TEST(last->receipt == "second");
  BOOST_TEST((last->notice == seal::sha256(platform::as_bytes("second"))));
}

BOOST_AUTO_TEST_CASE(two_spools_on_one_folder_see_each_other) {
  Spool one = open();
  Spool two = open();
  BOOST_TEST_REQUIRE(put(one, 1, "from one").has_value());
  BOOST_TEST((two.next_seq(stream).value() == 2U));
  BOOST_TEST_REQUIRE(put(two, 2, "from two").has_value());
  const auto rows = one.held(0, 10).value();
  BOOST_TEST_REQUIRE(rows.size() == 2U);
  BOOST_TEST(rows[1].lines == "from two");
}

BOOST_AUTO_TEST_CASE(writers_of_several_processes_take_turns) {
  static_cast<void>(open());
  constexpr std::uint64_t batches = 25;
  std::array<pid_t, 3> children{};
  for (std::size_t i = 0; i < children.size(); ++i) {
    children[i] = ::fork();
    BOOST_TEST_REQUIRE(children[i] >= 0);
    if (children[i] == 0) {
      StreamId mine = stream;
      mine.bytes[0] = static_cast<std::byte>(i);
      auto spool = Spool::open(folder);
      bool good = spool.has_value();
      for (std::uint64_t seq = 1; good && seq <= batches; ++seq)
        good = put(*spool, seq, "x", mine).has_value();
      ::_exit(good ? 0 : 1);
    }
  }
  for (const pid_t child : children) {
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST(status == 0);
  }
  BOOST_TEST(open().held(0, 1000).value().size() == children.size() * batches);
}

BOOST_AUTO_TEST_CASE(its_files_are_ours_alone) {
  const mode_t mask = ::umask(0);
  {
    Spool spool = open();
    BOOST_TEST(put(spool, 1, "one").has_value());
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      BOOST_TEST(mode_of(entry.path()) == (entry.is_directory() ? 0700U : 0600U),
                 entry.path().string());
    BOOST_TEST(fs::exists(database.string() + "-wal"));
  }
  ::umask(mask);
  BOOST_TEST(mode_of(folder) == 0700U);
}

BOOST_AUTO_TEST_CASE(a_folder_open_to_others_is_refused) {
  fs::create_directory(folder);
  BOOST_TEST_REQUIRE(::chmod(folder.c_str(), 0755) == 0);
  const auto spool = Spool::open(folder);
  BOOST_TEST_REQUIRE(spool.has_error());
  BOOST_TEST(contains(spool.error().sentence, "chmod 700"));
  BOOST_TEST(fs::is_empty(folder));
}

BOOST_AUTO_TEST_CASE(a_newer_schema_is_refused_and_not_touched) {
  for (const char* mode : {"WAL", "DELETE"}) {
    const Folder fresh;
    {
      Spool spool = fresh.open();
      BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
    }
    fresh.run("PRAGMA journal_mode = " + std::string(mode) + "; PRAGMA user_version = " +
              std::to_string(Spool::schema + 1) + "; CREATE TABLE newer (x);");
    const std::string before = read_file(fresh.database);
    check_refused(fresh, SpoolError::newer_schema, "install the newer Fieldnote again");
    BOOST_TEST((read_file(fresh.database) == before), "journal_mode " << mode);
  }
}

// The bytes of the databases that were set aside.
std::multiset<std::string> set_aside_in(const fs::path& folder) {
  std::multiset<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("spool.db.damaged-") && !name.ends_with("-wal") && !name.ends_with("-shm"))
      found.insert(read_file(entry.path()));
  }
  return found;
}

std::map<std::string, std::uint64_t, std::less<>> gaps_of(Spool& spool) {
  auto write = spool.write();
  BOOST_TEST_REQUIRE(write.has_value());
  auto gaps = write->take_gaps();
  BOOST_TEST_REQUIRE(gaps.has_value());
  BOOST_TEST_REQUIRE(write->commit().has_value());
  return *gaps;
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_set_aside_as_it_is_and_a_new_one_begins) {
  {
    Spool spool = open();
    BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
  }
  const std::string good = read_file(database);
  std::multiset<std::string> aside;
  for (const std::string& bad :
       {std::string(4096, 'x'), good.substr(0, good.size() / 2), std::string("not a database")}) {
    write_file(database, bad, 0600);
    aside.insert(bad);
    Spool spool = open();
    BOOST_TEST((set_aside_in(folder) == aside));
    BOOST_TEST(spool.held(0, 1).value().empty());
    BOOST_TEST((gaps_of(spool) ==
                std::map<std::string, std::uint64_t, std::less<>>{{"spool_damaged", 1}}));
    BOOST_TEST(gaps_of(spool).empty());
  }
}

BOOST_AUTO_TEST_CASE(what_recording_needs_is_carried_over_from_a_database_set_aside) {
  const BundleRow bundle{1, seal::sha256(platform::as_bytes("bundle")), "1-x.age", 3, 400, {}};
  {
    Spool spool = open();
    auto write = spool.write();
    BOOST_TEST_REQUIRE(write->add_consent({seal::Digest(), false, "no"}).has_value());
    BOOST_TEST_REQUIRE(write->add_bundle(bundle).has_value());
    BOOST_TEST_REQUIRE(write->commit().has_value());
  }
  mark_damage(folder);
  Spool spool = open();
  BOOST_TEST(set_aside_in(folder).size() == 1U);
  // A no that was said is still a no.
  const auto consent = spool.last_consent().value();
  BOOST_TEST_REQUIRE(consent.has_value());
  BOOST_TEST(!consent->yes);
  BOOST_TEST(consent->receipt == "no");
  const auto bundles = spool.bundles().value();
  BOOST_TEST_REQUIRE(bundles.size() == 1U);
  BOOST_TEST((bundles[0].digest == bundle.digest));
  BOOST_TEST(bundles[0].name == bundle.name);
  static_cast<void>(open());
  BOOST_TEST(set_aside_in(folder).size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused) {
  fs::create_directory(folder);
  BOOST_TEST_REQUIRE(::chmod(folder.c_str(), 0700) == 0);
  fs::create_directory(database);
  check_refused(*this, SpoolError::unusable, "cannot be opened");
  fs::remove(database);
  write_file(*this / "elsewhere", "", 0600);
  fs::create_symlink(*this / "elsewhere", database);
  check_refused(*this, SpoolError::unusable, "cannot be opened");
  BOOST_TEST(read_file(*this / "elsewhere").empty());
}

BOOST_AUTO_TEST_CASE(another_device_key_opens_nothing) {
  {
    Spool spool = open();
    BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
  }
  write_file(folder / "device.key", std::string(32, 'k'), 0600);
  const auto rows = open().held(0, 10).value();
  BOOST_TEST_REQUIRE(rows.size() == 1U);
  BOOST_TEST(rows[0].damaged);
  BOOST_TEST(rows[0].lines.empty());
}

BOOST_AUTO_TEST_CASE(a_database_whose_key_is_lost_is_set_aside) {
  {
    Spool spool = open();
    BOOST_TEST_REQUIRE(put(spool, 1, "one").has_value());
  }
  fs::remove(folder / "device.key");
  Spool spool = open();
  BOOST_TEST(spool.held(0, 10).value().empty());
  auto write = spool.write();
  BOOST_TEST_REQUIRE(write.has_value());
  BOOST_TEST(write->take_gaps().value().at("spool_damaged") == 1U);
}

BOOST_AUTO_TEST_CASE(nothing_is_written_to_a_database_that_was_set_aside) {
  Spool before = open();
  fieldnote::spool::mark_damage(folder);
  Spool after = open();
  BOOST_TEST_REQUIRE(put(after, 1, "one").has_value());
  const auto refused = put(before, 1, "one");
  BOOST_TEST_REQUIRE(refused.has_error());
  BOOST_TEST(testing::contains(refused.error().sentence, "was replaced"));
  BOOST_TEST(after.held(0, 10).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_stream_has_one_text) {
  BOOST_TEST(stream.hex() == "0123456789abcdef0123456789abcdef");
  for (const char* text :
       {"", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdeg",
        "-123456789abcdef0123456789abcdef", "0x23456789abcdef0123456789abcdef"})
    BOOST_TEST(!StreamId::parse(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::spool

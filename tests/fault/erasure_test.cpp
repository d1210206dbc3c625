// What has left the spool is gone from its files, not only from its tables.
#include <sqlite3.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <memory>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A piece of each held batch as it lies on the disk: ciphertext, found nowhere else.
std::vector<std::string> ciphertexts(const Workplace& workplace) {
  sqlite3* raw = nullptr;
  BOOST_REQUIRE(sqlite3_open_v2(workplace.spool().c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr) ==
                SQLITE_OK);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
  sqlite3_stmt* query = nullptr;
  BOOST_REQUIRE(sqlite3_prepare_v2(raw, "SELECT substr(sealed, 41, 32) FROM held", -1, &query,
                                   nullptr) == SQLITE_OK);
  std::vector<std::string> pieces;
  while (sqlite3_step(query) == SQLITE_ROW)
    pieces.emplace_back(static_cast<const char*>(sqlite3_column_blob(query, 0)),
                        static_cast<std::size_t>(sqlite3_column_bytes(query, 0)));
  sqlite3_finalize(query);
  return pieces;
}

std::size_t found(const Workplace& workplace, const std::vector<std::string>& pieces) {
  std::size_t count = 0;
  for (const char* name : {"spool.db", "spool.db-wal"}) {
    const std::string bytes = read_bytes(workplace.state() / name);
    for (const std::string& piece : pieces)
      if (bytes.find(piece) != std::string::npos) ++count;
  }
  return count;
}

struct Scene {
  Workplace workplace;
  Chance chance{1};
  Browser browser{chance};
  Process host{workplace.host()};
  Port port{host};
  std::vector<std::string> pieces;

  // The host stays: its connection keeps the log from being removed by the way.
  Scene() {
    browser.work(40);
    browser.talk(port);
    BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
    pieces = ciphertexts(workplace);
    BOOST_REQUIRE(pieces.size() == 40U);
    BOOST_REQUIRE(found(workplace, pieces) >= pieces.size());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(erasure, Scene)

BOOST_AUTO_TEST_CASE(what_was_sealed_is_gone_from_database_and_log_while_a_host_is_there) {
  const Outcome sealed = workplace.seal();
  BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
  BOOST_TEST(found(workplace, pieces) == 0U);
}

BOOST_AUTO_TEST_CASE(what_was_sealed_is_gone_from_database_and_log_when_the_host_has_ended) {
  const Outcome sealed = workplace.seal();
  BOOST_REQUIRE_MESSAGE(sealed.end == End{0}, sealed.errors);
  host.close_input();
  BOOST_REQUIRE(host.wait(milliseconds(2000)).has_value());
  BOOST_TEST(found(workplace, pieces) == 0U);
}

// By the command, each way that chooses all of it; the host is there and reads now and then.
BOOST_AUTO_TEST_CASE(what_the_person_deleted_is_gone_from_database_and_log_each_way) {
  const std::vector<std::vector<std::string>> ways{{"--all"},
                                                   {"--app", "crm"},
                                                   {"--site", "https://crm.example.com"},
                                                   {"--task", "none"},
                                                   {"--since", "1d"}};
  for (const auto& way : ways) {
    if (pieces.empty()) {
      browser.work(10);
      browser.talk(port);
      BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
      pieces = ciphertexts(workplace);
    }
    std::vector<std::string> command{"delete", "--yes"};
    command.insert(command.end(), way.begin(), way.end());
    BOOST_TEST_CONTEXT(way.front()) {
      const Outcome deleted = workplace.run(command);
      BOOST_REQUIRE_MESSAGE(deleted.end == End{0}, deleted.errors);
      BOOST_TEST(workplace.held().empty());
      BOOST_TEST(found(workplace, pieces) == 0U);
    }
    pieces.clear();
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault

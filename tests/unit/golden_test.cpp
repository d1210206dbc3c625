// Spool and bundle as the first release of each schema wrote them: every later program reads them.
// tests/golden/schema-N is never changed; a new schema adds a folder.
#include <boost/test/unit_test.hpp>

#include "dataset/reading/bundle_reader.hpp"
#include "model/event_reader.hpp"
#include "seal/bech32.hpp"
#include "spool/spool.hpp"
#include "temporary_folder.hpp"

namespace {

using namespace fieldnote;
namespace fs = std::filesystem;

// The keys of the golden files are 32 times 0x42: nobody's.
const std::string golden_key(32, '\x42');

fs::path golden(std::string_view name) {
  return testing::project_path("tests/golden") / name;
}

std::size_t count_events(std::string_view lines) {
  model::EventReader reader;
  std::size_t events = 0;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    if (!line.starts_with(R"({"kind":"ledger")")) {
      BOOST_TEST(reader.read_held(line).has_value());
      ++events;
    }
  }
  return events;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_files)

BOOST_AUTO_TEST_CASE(a_spool_of_schema_1_opens_and_its_events_read) {
  const testing::TemporaryFolder state;
  fs::permissions(state.path(), fs::perms::owner_all);
  testing::write_file(state / "device.key", golden_key, 0600);
  testing::write_file(state / "spool.db", testing::read_file(golden("schema-1/spool.db")), 0600);
  auto spool = spool::Spool::open(state.path());
  BOOST_REQUIRE(spool.has_value());
  BOOST_TEST(spool->last_consent()->value().yes);
  // It has become one of today's schema, in which the person may pause.
  BOOST_TEST(!spool->person()->pause);
  {
    auto write = spool->write();
    BOOST_TEST(write->set_pause(spool::Pause{}).has_value());
    BOOST_TEST(write->commit().has_value());
  }
  BOOST_TEST(spool::Spool::open(state.path())->person()->pause.has_value());
  const auto rows = spool->held(0, 100);
  BOOST_REQUIRE(rows.has_value());
  BOOST_TEST(rows->size() == 2U);
  std::size_t events = 0;
  for (const auto& row : *rows) {
    BOOST_TEST(!row.damaged);
    BOOST_TEST(spool->terms(row.terms)->value().organisation == "Example Corp");
    events += count_events(row.lines);
  }
  BOOST_TEST(events == 4U);
}

BOOST_AUTO_TEST_CASE(a_spool_of_schema_2_opens_and_knows_pause_and_task) {
  const testing::TemporaryFolder state;
  fs::permissions(state.path(), fs::perms::owner_all);
  testing::write_file(state / "device.key", golden_key, 0600);
  testing::write_file(state / "spool.db", testing::read_file(golden("schema-2/spool.db")), 0600);
  auto spool = spool::Spool::open(state.path());
  BOOST_REQUIRE(spool.has_value());
  BOOST_TEST(spool->last_consent()->value().yes);
  const auto person = spool->person();
  BOOST_REQUIRE(person.has_value());
  BOOST_TEST((person->pause && !person->pause->until));
  const auto tasks = spool->tasks();
  BOOST_REQUIRE(tasks.has_value());
  BOOST_REQUIRE(tasks->size() == 1U);
  BOOST_TEST((*tasks)[0].words == "Refund for Jane");
  BOOST_TEST((*person->task == (*tasks)[0].id));
  const auto rows = spool->held(0, 100);
  BOOST_REQUIRE(rows.has_value());
  BOOST_REQUIRE(rows->size() == 1U);
  BOOST_TEST(count_events((*rows)[0].lines) == 2U);
  BOOST_TEST(spool->bundles()->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_bundle_of_each_schema_opens_and_its_signature_holds) {
  const auto identities = seal::parse_identities(
      seal::bech32_encode("AGE-SECRET-KEY-", platform::as_bytes(golden_key)));
  BOOST_REQUIRE(identities.has_value());
  for (const auto& [name, events] :
       {std::pair("schema-1/bundle.age", 4U), std::pair("schema-2/bundle.age", 6U)}) {
    const auto bundle = dataset::read_bundle(golden(name), *identities);
    BOOST_REQUIRE_MESSAGE(bundle.has_value(), bundle.error().sentence);
    BOOST_TEST(bundle->n == 1);
    BOOST_TEST(count_events(bundle->lines) == events);
    BOOST_TEST(bundle->ledger.refused.at("site") == 1U);
  }
}

BOOST_AUTO_TEST_SUITE_END()

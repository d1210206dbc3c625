// Held batches to bundles, and what a crash in between leaves.
#include "recorder/sealer.hpp"

#include <boost/test/unit_test.hpp>

#include "dataset/reading/bundle_reader.hpp"
#include "held_lines.hpp"
#include "policy_fixture.hpp"
#include "recorder/ledger_line.hpp"
#include "spool/sqlite.hpp"

namespace fieldnote::recorder {
namespace {

namespace fs = platform::fs;
using testing::contains;
using testing::held_line;
using testing::organisation_key;
using testing::write_file;

const spool::StreamId stream = *spool::StreamId::parse(testing::a_stream);

struct Desk : testing::TemporaryFolder {
  fs::path folder = *this / "state";
  spool::Spool spool = spool::Spool::open(folder).value();
  fs::path bundles = spool.bundle_folder();
  std::uint64_t next = 1;
  std::int64_t progress = 0;

  static spool::Terms terms(std::string_view organisation = "Example Corp") {
    spool::Terms terms;
    terms.organisation = organisation;
    terms.min_participants = 10;
    terms.recipients = organisation_key().recipient().text();
    return terms;
  }
  static std::string ledger_line(const model::Ledger& ledger) {
    std::string line;
    append_ledger_line(line, ledger);
    return line;
  }
  // Holds one batch.
  void hold(const std::string& lines, std::int64_t events = 1,
            const spool::Terms& under = terms()) {
    auto write = spool.write();
    BOOST_TEST_REQUIRE(write.has_value());
    const auto row = write->terms_row(under);
    BOOST_TEST_REQUIRE(row.has_value());
    const spool::SealedBatch batch = spool.seal(stream, next++, events, lines);
    BOOST_TEST_REQUIRE(write->put({&batch, 1}, *row).has_value());
    BOOST_TEST_REQUIRE(write->commit().has_value());
  }
  SealReport seal(std::vector<seal::X25519Recipient> allowed = {organisation_key().recipient()}) {
    auto report =
        Sealer(spool, std::move(allowed)).seal_all([&](std::int64_t events) { progress = events; });
    BOOST_TEST_REQUIRE(report.has_value(), report.error().sentence);
    return std::move(*report);
  }
  dataset::Bundle open(const spool::BundleRow& row) const {
    auto bundle = dataset::read_bundle(bundles / row.name, {&organisation_key(), 1});
    BOOST_TEST_REQUIRE(bundle.has_value(), bundle.error().sentence);
    return std::move(*bundle);
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(bundles))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  std::size_t held() { return spool.held(0, 1000).value().size(); }
  void run(const char* sql) const {
    auto database = spool::Database::open(folder / "spool.db");
    BOOST_TEST_REQUIRE(database.has_value());
    BOOST_TEST_REQUIRE(database->run(sql).has_value());
  }
};

BOOST_FIXTURE_TEST_SUITE(sealer, Desk)

BOOST_AUTO_TEST_CASE(what_was_held_is_in_the_bundle_line_for_line_and_held_no_more) {
  model::Ledger first;
  first.refused["site"] = 2;
  first.redacted["echo_name"] = 1;
  model::Ledger second;
  second.refused["site"] = 3;
  second.lost["document_gap"] = 5;
  const std::string lines[] = {held_line(1, "A") + held_line(1, "B"), held_line(2, "C")};
  hold(ledger_line(first) + lines[0], 2);
  hold(ledger_line(second) + lines[1]);
  const SealReport report = seal();
  BOOST_TEST(report.left.empty());
  BOOST_TEST_REQUIRE(report.bundles.size() == 1U);
  BOOST_TEST(report.events == 3);
  BOOST_TEST(progress == 3);
  BOOST_TEST(held() == 0U);
  const spool::BundleRow& row = report.bundles[0];
  BOOST_TEST(row.n == 1);
  BOOST_TEST(row.name == "1-" + row.digest.hex().substr(0, 8) + ".age");
  BOOST_TEST((files() == std::vector<std::string>{row.name}));
  BOOST_TEST(testing::mode_of(bundles / row.name) == 0600U);
  const std::string bytes = testing::read_file(bundles / row.name);
  BOOST_TEST(static_cast<std::int64_t>(bytes.size()) == row.bytes);
  BOOST_TEST((seal::sha256(platform::as_bytes(bytes)) == row.digest));

  const dataset::Bundle bundle = open(row);
  BOOST_TEST((bundle.digest == row.digest));
  BOOST_TEST(bundle.lines == lines[0] + lines[1]);
  BOOST_TEST(bundle.events == 3);
  BOOST_TEST(!bundle.previous.has_value());
  BOOST_TEST((bundle.ledger.recorded == model::Ledger::Counts{{"click", 3}}));
  BOOST_TEST((bundle.ledger.refused == model::Ledger::Counts{{"site", 5}}));
  BOOST_TEST((bundle.ledger.redacted == model::Ledger::Counts{{"echo_name", 1}}));
  BOOST_TEST((bundle.ledger.lost == model::Ledger::Counts{{"document_gap", 5}}));
}

BOOST_AUTO_TEST_CASE(nothing_held_makes_no_bundle) {
  BOOST_TEST(seal().bundles.empty());
  BOOST_TEST(files().empty());
}

BOOST_AUTO_TEST_CASE(bundles_are_numbered_and_each_names_the_one_before) {
  for (int i = 0; i < 3; ++i) {
    hold(held_line(next));
    BOOST_TEST(seal().bundles.size() == 1U);
  }
  const auto rows = spool.bundles().value();
  BOOST_TEST_REQUIRE(rows.size() == 3U);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const dataset::Bundle bundle = open(rows[i]);
    BOOST_TEST(bundle.n == static_cast<std::int64_t>(i + 1));
    BOOST_TEST((bundle.participant == open(rows[0]).participant));
    if (i > 0) BOOST_TEST((bundle.previous == rows[i - 1].digest));
  }
}

BOOST_AUTO_TEST_CASE(other_terms_are_another_bundle) {
  hold(held_line(1));
  hold(held_line(2), 1, terms("Other Corp"));
  hold(held_line(3), 1, terms("Other Corp"));
  hold(held_line(4));
  const SealReport report = seal();
  BOOST_TEST_REQUIRE(report.bundles.size() == 3U);
  BOOST_TEST(open(report.bundles[0]).lines == held_line(1));
  BOOST_TEST(open(report.bundles[1]).lines == held_line(2) + held_line(3));
  BOOST_TEST(open(report.bundles[2]).lines == held_line(4));
}

BOOST_AUTO_TEST_CASE(a_bundle_is_not_made_larger_than_it_may_be) {
  const std::string lines = held_line(1, std::string(200, 'x'));
  std::string batch;
  while (batch.size() < (1 << 20)) batch += lines;
  for (int i = 0; i < 6; ++i) hold(batch, static_cast<std::int64_t>(batch.size() / lines.size()));
  const SealReport report = seal();
  BOOST_TEST_REQUIRE(report.bundles.size() == 2U);
  BOOST_TEST(open(report.bundles[0]).lines.size() == 4 * batch.size());
  BOOST_TEST(open(report.bundles[1]).lines.size() == 2 * batch.size());
}

BOOST_AUTO_TEST_CASE(it_is_sealed_only_to_keys_that_were_named_and_still_are) {
  const auto later = seal::X25519Identity::generate();
  const auto given_up = seal::X25519Identity::generate();
  spool::Terms named = terms();
  named.recipients += ' ' + given_up.recipient().text();
  hold(held_line(1), 1, named);
  const SealReport report = seal({organisation_key().recipient(), later.recipient()});
  BOOST_TEST_REQUIRE(report.bundles.size() == 1U);
  static_cast<void>(open(report.bundles[0]));
  for (const auto* key : {&later, &given_up})
    BOOST_TEST(dataset::read_bundle(bundles / report.bundles[0].name, {key, 1}).has_error());
}

BOOST_AUTO_TEST_CASE(without_such_a_key_it_stays_held_and_that_is_said) {
  hold(held_line(1));
  hold(held_line(2));
  const SealReport report = seal({seal::X25519Identity::generate().recipient()});
  BOOST_TEST(report.bundles.empty());
  BOOST_TEST_REQUIRE(report.left.size() == 1U);
  BOOST_TEST(contains(report.left[0], "2 batches stay held"));
  BOOST_TEST(held() == 2U);
  BOOST_TEST(seal().events == 2);
}

BOOST_AUTO_TEST_CASE(a_batch_that_changed_while_it_was_sealed_stays_held) {
  hold(held_line(1));
  // As if somebody had rewritten the row between its reading and its taking out.
  run("CREATE TRIGGER t BEFORE DELETE ON held BEGIN SELECT RAISE(IGNORE); END");
  const SealReport report = seal();
  BOOST_TEST(report.bundles.empty());
  BOOST_TEST_REQUIRE(report.left.size() == 1U);
  BOOST_TEST(contains(report.left[0], "stays held until the next sealing"));
  BOOST_TEST(held() == 1U);
  BOOST_TEST(files().empty());
  BOOST_TEST(spool.bundles().value().empty());
  run("DROP TRIGGER t");
  BOOST_TEST(seal().events == 1);
}

BOOST_AUTO_TEST_CASE(after_a_crash_between_table_and_name_the_file_gets_its_name) {
  hold(held_line(1));
  const spool::BundleRow row = seal().bundles.at(0);
  fs::rename(bundles / row.name, bundles / "1.part");
  hold(held_line(2));
  const SealReport report = seal();
  BOOST_TEST((files() == std::vector<std::string>{row.name, report.bundles.at(0).name}));
  BOOST_TEST(open(row).lines == held_line(1));
  BOOST_TEST((open(report.bundles.at(0)).previous == row.digest));
}

BOOST_AUTO_TEST_CASE(after_a_crash_before_the_table_the_file_goes_and_the_batch_is_sealed_anew) {
  hold(held_line(1));
  write_file(bundles / "1.part", "half a bundle", 0600);
  write_file(bundles / "7.part", "half a bundle", 0600);
  const SealReport report = seal();
  BOOST_TEST_REQUIRE(report.bundles.size() == 1U);
  BOOST_TEST((files() == std::vector<std::string>{report.bundles[0].name}));
  BOOST_TEST(open(report.bundles[0]).lines == held_line(1));
}

BOOST_AUTO_TEST_CASE(what_was_sealed_lies_in_the_database_no_more) {
  for (int i = 0; i < 20; ++i) hold(held_line(next));
  auto database = spool::Database::open(folder / "spool.db");
  auto query = database->prepare("SELECT sealed FROM held LIMIT 1");
  BOOST_TEST_REQUIRE(query->step().value());
  const std::string sealed(platform::as_text(query->blob(0)));
  query->reset();
  const auto lies_in = [&](const char* name) {
    return contains(testing::read_file(folder / name), sealed.substr(0, 64));
  };
  BOOST_TEST((lies_in("spool.db") || lies_in("spool.db-wal")));
  BOOST_TEST(seal().events == 20);
  BOOST_TEST(!lies_in("spool.db"));
  BOOST_TEST(!lies_in("spool.db-wal"));
}

BOOST_AUTO_TEST_CASE(a_batch_of_losses_alone_is_a_bundle_without_events) {
  model::Ledger ledger;
  ledger.lost["outbox_full"] = 9;
  hold(ledger_line(ledger), 0);
  const SealReport report = seal();
  BOOST_TEST_REQUIRE(report.bundles.size() == 1U);
  const dataset::Bundle bundle = open(report.bundles[0]);
  BOOST_TEST(bundle.events == 0);
  BOOST_TEST(bundle.lines.empty());
  BOOST_TEST(bundle.ledger.lost.at("outbox_full") == 9U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::recorder

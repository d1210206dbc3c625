// manifest/protocol.md is what the extension is written against: its tables are the code's.
#include "channel/protocol.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <sstream>
#include <vector>

#include "model/event_reader.hpp"
#include "model/words.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::channel {
namespace {

using Row = std::vector<std::string>;

std::string stripped(std::string_view cell) {
  constexpr std::string_view around = " `";
  const std::size_t from = cell.find_first_not_of(around);
  if (from == std::string_view::npos) return {};
  return std::string(cell.substr(from, cell.find_last_not_of(around) - from + 1));
}

// The rows of the table that begins with this header line, cells without blanks and backquotes.
std::vector<Row> table_under(std::string_view header) {
  std::istringstream text(testing::project_file("manifest/protocol.md"));
  std::vector<Row> rows;
  std::string line;
  while (std::getline(text, line) && line != header) {
  }
  BOOST_TEST_REQUIRE(text.good(), "no table under " << header);
  std::getline(text, line);
  while (std::getline(text, line) && line.starts_with('|')) {
    Row& row = rows.emplace_back();
    std::istringstream cells(line.substr(1));
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(stripped(cell));
  }
  return rows;
}

std::uint64_t bytes_of(const std::string& text) {
  std::istringstream words(text);
  std::uint64_t count = 0;
  std::string unit;
  words >> count >> unit;
  BOOST_TEST_REQUIRE(unit == "MiB");
  return count << 20;
}

BOOST_AUTO_TEST_SUITE(protocol)

BOOST_AUTO_TEST_CASE(the_table_of_errors_is_the_code_s) {
  const auto rows = table_under("| number | name | fatal | meaning |");
  BOOST_TEST_REQUIRE(rows.size() == protocol_errors.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ProtocolErrorFacts& facts = protocol_errors[i];
    BOOST_TEST_REQUIRE(rows[i].size() == 4U);
    BOOST_TEST(rows[i][0] == std::to_string(static_cast<int>(facts.number)));
    BOOST_TEST(rows[i][1] == facts.name);
    BOOST_TEST(rows[i][2] == (facts.fatal ? "yes" : "no"));
    BOOST_TEST(!rows[i][3].empty());
    BOOST_TEST(&facts_of(facts.number) == &facts);
    BOOST_TEST(make_error_code(facts.number).message() == facts.name);
  }
}

BOOST_AUTO_TEST_CASE(the_table_of_refusals_is_the_code_s) {
  const auto rows = table_under("| reason | meaning |");
  constexpr auto& words = model::Words<model::Refusal>::list;
  BOOST_TEST_REQUIRE(rows.size() == words.size());
  for (std::size_t i = 0; i < rows.size(); ++i) BOOST_TEST(rows[i][0] == words[i]);
}

BOOST_AUTO_TEST_CASE(the_limits_are_the_code_s) {
  std::map<std::string, std::string> limits;
  for (const Row& row : table_under("| limit | value | why |")) limits[row[0]] = row[1];
  BOOST_TEST(bytes_of(limits["frame to the host"]) == max_frame_to_host);
  BOOST_TEST(bytes_of(limits["frame from the host"]) == max_frame_from_host);
  std::string events = limits["events in a batch"];
  std::erase(events, ',');
  BOOST_TEST(events == std::to_string(model::max_batch_events));
}

BOOST_AUTO_TEST_CASE(the_version_is_in_the_range) {
  BOOST_TEST(testing::contains(testing::project_file("manifest/protocol.md"),
                               "\nVersion " + std::to_string(protocol_max) + "."));
  BOOST_TEST(protocol_min <= protocol_max);
  BOOST_TEST(protocol_max - protocol_min <= 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::channel

// What an export keeps on disk so that its memory does not grow with what it was given.
#include "platform/spilled_sort.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "dataset/reading/cutter.hpp"
#include "dataset/release/sightings.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::dataset {
namespace {

using testing::TemporaryFolder;

BOOST_AUTO_TEST_SUITE(spilled_sort)

BOOST_AUTO_TEST_CASE(it_is_in_order_whether_it_fits_or_not) {
  const TemporaryFolder folder;
  for (const std::size_t count : {0U, 1U, 99U, 100U, 101U, 50'000U}) {
    platform::SpilledSort<std::uint64_t> sort(folder.path(), 100);
    std::vector<std::uint64_t> all;
    std::mt19937_64 random(count);
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(random() % 10'000);
      sort.add(all.back()).value();
    }
    BOOST_TEST(sort.has_spilled() == (count >= 100));
    std::sort(all.begin(), all.end());
    std::vector<std::uint64_t> sorted;
    sort.take_each([&](std::uint64_t each) -> Result<void> {
          sorted.push_back(each);
          return {};
        })
        .value();
    BOOST_TEST((sorted == all));
  }
  // Nothing that has a name.
  BOOST_TEST(std::distance(platform::fs::directory_iterator(folder.path()), {}) == 0);
}

BOOST_AUTO_TEST_CASE(a_list_keeps_its_order) {
  const TemporaryFolder folder;
  for (const std::uint64_t count : {0U, 1U, 1023U, 1024U, 5000U}) {
    platform::SpilledList<std::uint64_t> list(folder.path());
    for (std::uint64_t i = 0; i < count; ++i) list.add(i).value();
    for (int times = 0; times < 2; ++times) {
      std::uint64_t next = 0;
      list.each([&](std::uint64_t each) { BOOST_REQUIRE(each == next++); }).value();
      BOOST_TEST(next == count);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_failure_is_told) {
  platform::SpilledSort<std::uint64_t> sort("/nonexistent", 2);
  BOOST_TEST(sort.add(1).has_value());
  BOOST_TEST(sort.add(2).has_error());
}

BOOST_AUTO_TEST_CASE(people_are_counted_however_many_texts_there_are) {
  const TemporaryFolder folder;
  Sightings sightings(folder.path());
  const auto text = [](unsigned i) { return "text " + std::to_string(i); };
  constexpr unsigned texts = 600'000;
  for (unsigned i = 0; i < texts; ++i)
    for (unsigned person = 0; person <= i % 3; ++person)
      sightings.add(sightings.mark(Clear::option, text(i))).value();
  sightings.finish().value();
  unsigned wrong = 0;
  for (unsigned i = 0; i < texts; i += 7)
    wrong += sightings.people(Clear::option, text(i)) == i % 3 + 1 ? 0U : 1U;
  BOOST_TEST(wrong == 0U);
  BOOST_TEST(sightings.people(Clear::option, text(texts)) == 0U);
  BOOST_TEST(sightings.people(Clear::typed, text(0)) == 0U);
}

BOOST_AUTO_TEST_CASE(few_streams_are_open_and_no_line_is_lost) {
  std::size_t lines = 0, stretches = 0;
  CutterOf<std::string> cutter([&](StretchOf<std::string>&& stretch) -> Result<void> {
    lines += stretch.lines.size();
    ++stretches;
    return {};
  });
  constexpr std::uint64_t rounds = 3;
  constexpr std::size_t streams = 3 * CutterOf<std::string>::most_open;
  const auto add_all = [&] {
    for (std::uint64_t round = 0; round < rounds; ++round)
      for (std::size_t i = 0; i < streams; ++i) {
        const std::string stream = "stream " + std::to_string(i);
        const model::HeldHead head{model::Kind::click, stream, round, "document", "crm", {}, {}};
        cutter.add(head, "line").value();
      }
    cutter.end_bundle();
  };
  add_all();
  BOOST_TEST(stretches == rounds * streams - CutterOf<std::string>::most_open);
  add_all();
  cutter.finish().value();
  BOOST_TEST(lines == rounds * streams);
  BOOST_TEST(cutter.doubles() == rounds * streams);
}

BOOST_AUTO_TEST_CASE(what_is_open_is_bounded_in_bytes) {
  std::size_t bytes = 0, largest = 0;
  CutterOf<std::string> cutter([&](StretchOf<std::string>&& stretch) -> Result<void> {
    std::size_t size = 0;
    for (const std::string& line : stretch.lines) size += line.size();
    bytes += size;
    largest = std::max(largest, size);
    return {};
  });
  const std::string line(1 << 20, 'x');
  for (std::uint64_t i = 0; i < 60; ++i)
    cutter.add({model::Kind::click, "stream", i, "document", "crm", {}, {}}, line).value();
  cutter.finish().value();
  BOOST_TEST(bytes == 60 * line.size());
  BOOST_TEST(largest <= CutterOf<std::string>::most_bytes + line.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset

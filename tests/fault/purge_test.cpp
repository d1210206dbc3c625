// `fieldnote purge --site`, at the administrator's word: what is held of a site, and bundles that
// have not left. Nothing goes unasked, and what went is counted in the bundle that comes next.
#include <boost/test/unit_test.hpp>

#include "workplace.hpp"

namespace fieldnote::fault {
namespace {

constexpr const char* site = "https://crm.example.com/*";

// Something is sealed and has not left, something is held.
struct Scene {
  Workplace workplace;
  Chance chance{1};
  Browser browser{chance};
  Process host{workplace.host()};
  Port port{host};
  std::size_t sealed = 0, held = 0;

  Scene() {
    work();
    seal();
    sealed = workplace.sealed().size();
    work();
    held = workplace.held().size();
    BOOST_REQUIRE(sealed > 0U && held > 0U);
  }
  void work() {
    browser.work(3);
    browser.talk(port);
    BOOST_REQUIRE_MESSAGE(browser.settled(), browser.breach() << browser.sentence());
  }
  void seal() const {
    const Outcome outcome = workplace.seal();
    BOOST_REQUIRE_MESSAGE(outcome.end == End{0}, outcome.errors);
  }
  // What a purge of `pattern` says, for scripts.
  [[nodiscard]] std::string purge(const std::string& pattern) const {
    const Outcome outcome = workplace.run({"purge", "--site", pattern, "--yes", "--json"});
    BOOST_REQUIRE_MESSAGE(outcome.end == End{0}, outcome.errors);
    return outcome.output;
  }
  [[nodiscard]] std::string says(std::size_t of_held) const {
    return R"({"held":)" + std::to_string(of_held) + R"(,"bundles":1,"bundled":)" +
           std::to_string(sealed) + "}\n";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(purge, Scene)

BOOST_AUTO_TEST_CASE(nothing_goes_where_nobody_can_be_asked) {
  const Outcome outcome = workplace.run({"purge", "--site", site});
  BOOST_TEST((outcome.end == End{1}));
  BOOST_TEST(outcome.errors.find("--yes") != std::string::npos, outcome.errors);
  BOOST_TEST(workplace.sealed().size() == sealed);
  BOOST_TEST(workplace.held().size() == held);
}

BOOST_AUTO_TEST_CASE(what_is_held_of_the_site_and_bundles_that_have_not_left_go_and_are_counted) {
  BOOST_TEST(purge(site) == says(held));
  BOOST_TEST(workplace.opened().empty());
  BOOST_TEST(workplace.held().empty());
  // The host that was there all the time goes on.
  work();
  seal();
  const auto bundles = workplace.opened();
  BOOST_REQUIRE(bundles.size() == 1U);
  BOOST_TEST(bundles[0].n == 2);
  BOOST_TEST(bundles[0].ledger.lost.at("purged") == sealed + held);
  const Outcome verified = workplace.run({"verify"});
  BOOST_TEST((verified.end == End{0}), verified.output << verified.errors);
}

BOOST_AUTO_TEST_CASE(bundles_go_whatever_site_is_in_them_and_what_is_held_of_others_stays) {
  BOOST_TEST(purge("https://other.example.com/*") == says(0));
  BOOST_TEST(workplace.opened().empty());
  BOOST_TEST(workplace.held().size() == held);
  // Counts travel with what is recorded next.
  work();
  seal();
  BOOST_TEST(workplace.opened().at(0).ledger.lost.at("purged") == sealed);
}

BOOST_AUTO_TEST_CASE(a_bundle_that_has_left_is_not_spoken_of) {
  fs::create_directory(workplace.folder() / "collected");
  for (const auto& file : fs::directory_iterator(workplace.bundles()))
    fs::rename(file.path(), workplace.folder() / "collected" / file.path().filename());
  BOOST_TEST(purge("https://other.example.com/*") == "{\"held\":0,\"bundles\":0,\"bundled\":0}\n");
  BOOST_TEST(purge("https://other.example.com/*") == purge("https://other.example.com/*"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::fault

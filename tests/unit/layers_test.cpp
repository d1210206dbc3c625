// A folder of host/ includes only itself and what is listed before it in host/CMakeLists.txt.
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <set>
#include <vector>

#include "temporary_folder.hpp"

namespace fieldnote {
namespace {

namespace fs = std::filesystem;

const fs::path host = fieldnote::testing::project_path("host");

std::vector<std::string> folders_from_the_ground_up() {
  const std::string text = testing::project_file("host/CMakeLists.txt");
  const std::regex line(R"(add_subdirectory\((\w+)\))");
  std::vector<std::string> folders;
  for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at)
    folders.push_back((*at)[1]);
  return folders;
}

// What may not be included although it lies below.
const std::map<std::string, std::set<std::string>> walls{
    {"dataset", {"spool", "channel", "recorder"}},
};

// The folders that the files of one folder include, each with a file that does.
std::map<std::string, std::string> included_by(const std::string& folder) {
  const std::regex include(R"re(#include\s*"([^"]+)")re");
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(host / folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string text = testing::read_file(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), include), end; at != end; ++at) {
      const std::string name = (*at)[1];
      BOOST_TEST(fs::exists(host / name), entry.path().string() + " includes " + name);
      found.emplace(name.substr(0, name.find('/')), entry.path().filename().string());
    }
  }
  return found;
}

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(every_folder_of_host_is_listed_once) {
  std::multiset<std::string> listed;
  for (const std::string& folder : folders_from_the_ground_up()) listed.insert(folder);
  std::multiset<std::string> there;
  for (const auto& entry : fs::directory_iterator(host))
    if (entry.is_directory()) there.insert(entry.path().filename().string());
  BOOST_TEST(listed == there, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_folder_includes_only_itself_and_those_before_it) {
  std::set<std::string> below;
  for (const std::string& folder : folders_from_the_ground_up()) {
    below.insert(folder);
    const auto included = included_by(folder);
    BOOST_TEST(!included.empty(), folder + " includes nothing: is it read at all?");
    for (const auto& [name, file] : included)
      BOOST_TEST(below.contains(name), "host/" + folder + '/' + file + " includes " + name);
  }
}

BOOST_AUTO_TEST_CASE(what_reads_bundles_knows_nothing_of_the_device) {
  for (const auto& [folder, forbidden] : walls)
    for (const auto& [name, file] : included_by(folder))
      BOOST_TEST(!forbidden.contains(name), "host/" + folder + '/' + file + " includes " + name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote

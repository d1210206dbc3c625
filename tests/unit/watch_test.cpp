// News of changed folders.
#include "platform/watch.hpp"

#include <poll.h>
#include <sys/stat.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <functional>

#include "temporary_folder.hpp"

namespace fieldnote::platform {
namespace {

using testing::write_file;

bool has_news(const Descriptor& watch) {
  pollfd waiting{watch.get(), POLLIN, 0};
  return ::poll(&waiting, 1, 0) == 1;
}

BOOST_AUTO_TEST_SUITE(watch)

BOOST_AUTO_TEST_CASE(every_change_of_a_folder_is_heard_and_reading_is_none) {
  const std::function<void(const fs::path&)> changes[] = {
      [](const fs::path& folder) { write_file(folder / "policy.json", "changed"); },
      [](const fs::path& folder) { write_file(folder / "new.json", ""); },
      [](const fs::path& folder) { fs::create_directory(folder / "teams.d"); },
      [](const fs::path& folder) { fs::remove(folder / "policy.json"); },
      [](const fs::path& folder) { fs::rename(folder / "policy.json", folder / "policy.old"); },
      [](const fs::path& folder) {
        BOOST_TEST(::chmod((folder / "policy.json").c_str(), 0666) == 0);
      },
      [](const fs::path& folder) { fs::remove_all(folder); },
      [](const fs::path& folder) { fs::rename(folder, folder.string() + ".off"); },
  };
  for (const auto& change : changes) {
    const testing::TemporaryFolder home;
    const std::array<fs::path, 2> folders{home / "watched", home / "missing"};
    fs::create_directory(folders[0]);
    write_file(folders[0] / "policy.json", "text");
    const auto watch = watch_folders(folders);
    BOOST_TEST_REQUIRE(watch.has_value());
    BOOST_TEST(testing::read_file(folders[0] / "policy.json") == "text");
    write_file(home / "elsewhere", "text");
    BOOST_TEST(!has_news(*watch));
    change(folders[0]);
    BOOST_TEST(has_news(*watch), "change " << &change - changes);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::platform

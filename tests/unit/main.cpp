#define BOOST_TEST_MODULE fieldnote
#include <boost/test/unit_test.hpp>

#include "temporary_folder.hpp"

std::filesystem::path fieldnote::testing::project_path(std::string_view name) {
  return std::filesystem::path(FIELDNOTE_SOURCE_DIR) / name;
}

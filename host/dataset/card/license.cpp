#include "dataset/card/license.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::dataset {
namespace {

constexpr std::array<std::string_view, 49> known{"afl-3.0",
                                                 "agpl-3.0",
                                                 "apache-2.0",
                                                 "artistic-2.0",
                                                 "bsd",
                                                 "bsd-2-clause",
                                                 "bsd-3-clause",
                                                 "bsd-3-clause-clear",
                                                 "bsl-1.0",
                                                 "c-uda",
                                                 "cc",
                                                 "cc-by-2.0",
                                                 "cc-by-2.5",
                                                 "cc-by-3.0",
                                                 "cc-by-4.0",
                                                 "cc-by-nc-2.0",
                                                 "cc-by-nc-3.0",
                                                 "cc-by-nc-4.0",
                                                 "cc-by-nc-nd-3.0",
                                                 "cc-by-nc-nd-4.0",
                                                 "cc-by-nc-sa-2.0",
                                                 "cc-by-nc-sa-3.0",
                                                 "cc-by-nc-sa-4.0",
                                                 "cc-by-nd-4.0",
                                                 "cc-by-sa-3.0",
                                                 "cc-by-sa-4.0",
                                                 "cc0-1.0",
                                                 "cdla-permissive-1.0",
                                                 "cdla-permissive-2.0",
                                                 "cdla-sharing-1.0",
                                                 "ecl-2.0",
                                                 "epl-1.0",
                                                 "epl-2.0",
                                                 "etalab-2.0",
                                                 "eupl-1.1",
                                                 "gfdl",
                                                 "gpl-2.0",
                                                 "gpl-3.0",
                                                 "isc",
                                                 "lgpl-3.0",
                                                 "lgpl-lr",
                                                 "mit",
                                                 "mpl-2.0",
                                                 "odbl",
                                                 "odc-by",
                                                 "osl-3.0",
                                                 "pddl",
                                                 "unlicense",
                                                 "zlib"};

}  // namespace

bool is_known_license(std::string_view id) {
  return std::binary_search(known.begin(), known.end(), id);
}

bool is_license_name(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of(letters) == std::string_view::npos;
}

std::string fault_in(const License& license) {
  if (license.id != other_license) {
    if (!is_known_license(license.id))
      return "\"" + license.id +
             "\" is no licence that model hubs know, as cc-by-4.0, apache-2.0 or "
             "cdla-permissive-2.0 "
             "are; for one of your own give --license other --license-name NAME";
    if (!license.name.empty() || !license.link.empty())
      return "--license-name and --license-link are for --license other; hubs know what " +
             license.id + " is";
    return {};
  }
  if (license.name.empty())
    return "--license other needs --license-name, by which hubs call it: internal-use";
  if (!is_license_name(license.name))
    return "\"" + license.name +
           "\" is no --license-name: hubs take lower-case letters, digits, dots and hyphens, as in "
           "internal-use";
  return {};
}

}  // namespace fieldnote::dataset

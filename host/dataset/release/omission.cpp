#include "dataset/release/omission.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::dataset {
namespace {

constexpr std::string_view opening = "… ";
constexpr std::array<std::string_view, 5> endings{" part not shown", " parts not shown",
                                                  " rows not shown", " items not shown",
                                                  " options not shown"};

}  // namespace

std::optional<Omission> find_omission(std::string_view text) {
  for (std::size_t at = text.find(opening); at != std::string_view::npos;
       at = text.find(opening, at + 1)) {
    const std::size_t begin = at + opening.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
    if (end == begin) continue;
    for (const std::string_view ending : endings)
      if (text.substr(end).starts_with(ending))
        return Omission{at, end + ending.size(), text.substr(begin, end - begin)};
  }
  return std::nullopt;
}

}  // namespace fieldnote::dataset

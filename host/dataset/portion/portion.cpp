#include "dataset/portion/portion.hpp"

namespace fieldnote::dataset {

std::vector<Portion> portions_of(const Survey& survey) {
  const std::uint64_t least = (survey.events + most_portions - 1) / most_portions;
  std::vector<Portion> portions;
  for (std::size_t i = 0; i < survey.people.size(); ++i) {
    if (portions.empty() || portions.back().events >= least) portions.push_back({i, i, 0});
    Portion& portion = portions.back();
    portion.end = i + 1;
    portion.events += survey.people[i].events();
  }
  return portions;
}

}  // namespace fieldnote::dataset

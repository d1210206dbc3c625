#include "dataset/reading/withdrawals.hpp"

#include <algorithm>
#include <set>

#include "model/event_reader.hpp"

namespace fieldnote::dataset {

bool Withdrawals::covers(const BundleHeader& bundle) const {
  using Of = model::AskedBack::Of;
  return std::any_of(asked_.begin(), asked_.end(), [&](const Asking& asking) {
    if (bundle.n >= asking.n || asking.what.of == Of::task) return false;
    return asking.what.of == Of::all ||
           (asking.what.first <= bundle.week && bundle.week <= asking.what.last);
  });
}

std::int64_t Withdrawals::take_from(Bundle& bundle) const {
  std::set<std::string, std::less<>> tasks;
  for (const Asking& asking : asked_)
    if (bundle.n < asking.n && asking.what.of == model::AskedBack::Of::task)
      tasks.insert(asking.what.task);
  if (tasks.empty()) return 0;
  model::EventReader reader;
  std::string kept;
  std::int64_t taken = 0;
  std::string_view rest = bundle.lines;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    rest.remove_prefix(line.size());
    const auto event = reader.read_held(line.substr(0, line.size() - 1));
    // What is no event is refused by whoever reads next.
    if (event && (*event)->task && tasks.contains(*(*event)->task))
      ++taken;
    else
      kept += line;
  }
  bundle.lines = std::move(kept);
  bundle.events -= taken;
  return taken;
}

}  // namespace fieldnote::dataset

#include "dataset/formats/session_history.hpp"

namespace fieldnote::dataset {

SessionHistory::Way SessionHistory::go(const Step& step) {
  const std::string_view url = step.action.url;
  // What a frame shows is a page of its tab's, too, but not told from here.
  if (step.frame != 0) {
    tabs_.erase(step.tab);
    return Way::unknown;
  }
  auto& [urls, shown] = tabs_[step.tab];
  if (step.action.navigation == model::Navigation::reload) return Way::unknown;
  if (step.action.navigation == model::Navigation::back_forward) {
    if (shown > 0 && urls[shown - 1] == url) {
      --shown;
      return Way::back;
    }
    if (shown + 1 < urls.size() && urls[shown + 1] == url) {
      ++shown;
      return Way::forward;
    }
    urls.clear();
  }
  if (!urls.empty() && urls[shown] == url) return Way::unknown;
  urls.resize(urls.empty() ? 0 : shown + 1);
  urls.push_back(url);
  shown = urls.size() - 1;
  return Way::unknown;
}

}  // namespace fieldnote::dataset

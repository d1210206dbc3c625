// Which page lies before and after the one that a tab shows, as far as a trajectory tells: what is
// recorded of going back or forward is only where that led.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

class SessionHistory {
 public:
  enum class Way : std::uint8_t { back, forward, unknown };

  // A tab shows a page that it was led to by nothing in the trajectory.
  void begin(std::int64_t tab, std::string_view url) { tabs_[tab] = {{url}, 0}; }
  // A step of kind `navigate`; which way it went, if it went back or forward. By one page only.
  Way go(const Step& step);

 private:
  struct Pages {
    std::vector<std::string_view> urls;
    std::size_t shown = 0;
  };
  std::map<std::int64_t, Pages> tabs_;
};

}  // namespace fieldnote::dataset

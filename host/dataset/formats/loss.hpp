// What a format cannot carry of what was recorded: a field that a step or trajectory has and its
// rows have no place for, a step that it has no form for, each with its count.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

struct Loss {
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;
  Counts not_carried;  // by field
  Counts left_out;     // steps, by kind and why
  Counts changed;      // what is told otherwise than it was recorded

  void add(const Loss& other);
  // Counts the fields of all steps but those `carried`.
  void count(const Trajectory& trajectory, std::span<const std::string_view> carried);
  void leave_out(const Step& step, std::string_view why);
  [[nodiscard]] boost::json::object to_json() const;
};

// Calls `f` with the name of each field that is there, as it stands in a row of `steps` or
// `trajectories`: "action.target.role".
void each_field(const Step& step, const std::function<void(std::string_view)>& f);
void each_field(const Trajectory& trajectory, const std::function<void(std::string_view)>& f);

}  // namespace fieldnote::dataset

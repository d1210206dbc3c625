// What a person asks back of what has left the device (manifest/schema/message.schema.json, scope):
// all of it, one task, or what was sealed in some weeks.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "platform/error.hpp"

namespace fieldnote::model {

struct AskedBack {
  enum class Of : std::uint8_t { all, task, weeks };
  Of of = Of::all;
  std::string task;         // its id
  std::string first, last;  // ISO weeks of sealing, both included
  friend bool operator==(const AskedBack&, const AskedBack&) = default;

  [[nodiscard]] static Result<AskedBack> from_json(const boost::json::object& object);
  [[nodiscard]] boost::json::object to_json() const;
};

}  // namespace fieldnote::model

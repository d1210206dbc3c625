// The host's frames as the browser takes them apart.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnote::testing {

// A frame as the browser writes it.
inline std::string framed(std::string_view payload) {
  const auto length = static_cast<std::uint32_t>(payload.size());
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  return out.append(payload);
}

// Each of the whole frames in `bytes`, which end with one.
inline std::vector<boost::json::object> messages_in(std::string_view bytes) {
  std::vector<boost::json::object> messages;
  while (!bytes.empty()) {
    std::uint32_t length = 0;
    BOOST_TEST_REQUIRE(bytes.size() >= sizeof length);
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    BOOST_TEST_REQUIRE(bytes.size() >= length);
    messages.push_back(
        boost::json::parse(boost::json::string_view(bytes.data(), length)).as_object());
    bytes.remove_prefix(length);
  }
  return messages;
}

}  // namespace fieldnote::testing

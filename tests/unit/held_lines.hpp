// Held lines as the recorder writes them, and bundles of them.
#pragma once

#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

#include "wire.hpp"

namespace fieldnote::testing {

// One event line of a batch, with its line feed.
inline std::string held_line(std::uint64_t seq, std::string_view name = "Save",
                             std::string_view app = "crm", std::string_view stream = a_stream,
                             std::string_view scope = "01234567") {
  boost::json::object target = a_target();
  target["name"] = name;
  return boost::json::serialize(boost::json::object{{"kind", "click"},
                                                    {"stream", stream},
                                                    {"seq", seq},
                                                    {"scope", scope},
                                                    {"document", a_document},
                                                    {"n", 0},
                                                    {"tab", 3},
                                                    {"frame", 0},
                                                    {"app", app},
                                                    {"url", a_page},
                                                    {"target", target}}) +
         '\n';
}

}  // namespace fieldnote::testing

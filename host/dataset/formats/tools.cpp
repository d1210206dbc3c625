#include "dataset/formats/tools.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace fieldnote::dataset {

const std::string& tools_as_functions() {
  static const std::string functions = [] {
    namespace json = boost::json;
    const json::value listed = json::parse(playwright_mcp_tools);
    json::array list;
    for (const json::value& tool : listed.at("tools").as_array())
      list.push_back(json::object{{"type", "function"},
                                  {"function",
                                   {{"name", tool.at("name")},
                                    {"description", tool.at("description")},
                                    {"parameters", tool.at("inputSchema")}}}});
    return json::serialize(list);
  }();
  return functions;
}

}  // namespace fieldnote::dataset

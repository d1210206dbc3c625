#include "recorder/ledger_line.hpp"

#include <boost/json/serialize.hpp>

#include "model/strict_json.hpp"

namespace fieldnote::recorder {
namespace {

constexpr std::string_view beginning = R"({"kind":"ledger",)";

}  // namespace

void append_ledger_line(std::string& out, const model::Ledger& ledger) {
  boost::json::object line{{"kind", "ledger"}};
  for (auto& [category, counts] : ledger.to_json()) line[category] = counts;
  out += boost::json::serialize(line);
  out += '\n';
}

std::optional<model::Ledger> parse_ledger_line(std::string_view line) {
  if (!line.starts_with(beginning)) return std::nullopt;
  const auto value = model::parse_strict(line, model::Comments::refused);
  if (!value || !value->is_object()) return std::nullopt;
  return model::Ledger::from_json(value->get_object());
}

}  // namespace fieldnote::recorder

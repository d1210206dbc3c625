#include "dataset/formats/selectors.hpp"

#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

struct Named {
  std::string_view role;
  std::string_view name;
};

std::optional<Named> named_by(std::string_view hop) {
  constexpr std::string_view aria = "aria/", role_is = R"([role=")";
  if (!hop.starts_with(aria) || !hop.ends_with(R"("])")) return std::nullopt;
  const std::size_t role = hop.rfind(role_is);
  if (role == std::string_view::npos) return std::nullopt;
  const std::size_t begin = role + role_is.size();
  return Named{hop.substr(begin, hop.size() - begin - 2),
               hop.substr(aria.size(), role - aria.size())};
}

std::optional<std::string> hop_in_words_of_playwright(std::string_view hop) {
  if (hop.starts_with("xpath/")) return "xpath=" + std::string(hop.substr(6));
  if (hop.starts_with("pierce/")) return "css=" + std::string(hop.substr(7));
  if (hop.starts_with("text/")) return "text=" + std::string(hop.substr(5));
  if (!hop.starts_with("aria/")) return "css=" + std::string(hop);
  const auto named = named_by(hop);
  if (!named) return std::nullopt;
  return playwright_selector(named->role, named->name);
}

}  // namespace

std::vector<Hops> usable_chains(const model::Selectors& selectors) {
  std::vector<Hops> all, unique;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < selectors.ends.size(); ++i) {
    all.push_back(std::span(selectors.hops).subspan(begin, selectors.ends[i] - begin));
    begin = selectors.ends[i];
    if (selectors.matches.empty() || selectors.matches[i] <= 1) unique.push_back(all.back());
  }
  return unique.empty() ? all : unique;
}

std::optional<std::string_view> found_alone(const Step& step, Hops chain) {
  const auto named = named_by(chain.back());
  if (!named || !step.observation) return std::nullopt;
  std::string line = std::string(named->role) + ' ';
  model::append_json_string(line, named->name);
  const std::string_view outline = step.observation->text;
  const std::size_t first = outline.find(line);
  const bool is_alone =
      first != std::string_view::npos && outline.find(line, first + 1) == std::string_view::npos;
  return is_alone ? std::optional(chain.back()) : std::nullopt;
}

std::string playwright_selector(std::string_view role, std::string_view name) {
  std::string out = "role=" + std::string(role) + "[name=\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"]";
}

std::optional<std::string> playwright_selector(Hops chain) {
  std::string out;
  for (const std::string_view hop : chain) {
    const auto words = hop_in_words_of_playwright(hop);
    if (!words) return std::nullopt;
    if (!out.empty()) out += " >> ";
    out += *words;
  }
  return out;
}

std::optional<std::string> playwright_selector(const model::Target& target) {
  for (const Hops chain : usable_chains(target.selectors))
    if (auto selector = playwright_selector(chain)) return selector;
  if (target.name.empty() || target.role == "generic") return std::nullopt;
  return playwright_selector(target.role, target.name);
}

}  // namespace fieldnote::dataset

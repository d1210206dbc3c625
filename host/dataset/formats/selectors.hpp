// A target's selectors as other tools write them. Ours are those of the Chrome Recorder: chains of
// hops through shadow hosts, each CSS but for `aria/NAME[role="ROLE"]` and `xpath/EXPRESSION`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/trajectory/trajectory.hpp"

namespace fieldnote::dataset {

using Hops = std::span<const std::string_view>;

// Best first; those that found more than their target when they were made only where there is no
// other.
[[nodiscard]] std::vector<Hops> usable_chains(const model::Selectors& selectors);

// The last hop of a chain where that is by role and name, which browsers find in closed shadow
// roots too; nothing where the outline before the step shows another one of that name, or none.
[[nodiscard]] std::optional<std::string_view> found_alone(const Step& step, Hops chain);

// For `page.locator()`; nothing where Playwright has no such selector.
[[nodiscard]] std::optional<std::string> playwright_selector(Hops chain);
// Of the best chain; else by role and name, where there is a name.
[[nodiscard]] std::optional<std::string> playwright_selector(const model::Target& target);
[[nodiscard]] std::string playwright_selector(std::string_view role, std::string_view name);

}  // namespace fieldnote::dataset

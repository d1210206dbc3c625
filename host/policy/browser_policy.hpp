// A browser's own policy, rendered from the organisation's: force install, update feed, the hosts
// that the browser lets the extension near, the toolbar, and who may speak to the native host.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "policy/browser.hpp"
#include "policy/policy.hpp"

namespace fieldnote::policy {

struct RenderOptions {
  std::string extension_id;  // empty: the one that the policy names
  std::string feed;  // where the extension and its update feeds lie, without a slash at the end
  std::vector<std::string> teams;               // those whose people use the machine; empty: all
  std::vector<std::string> other_native_hosts;  // that stay allowed beside ours
};

struct BrowserPolicy {
  boost::json::object content;
  // What the policy says and this browser cannot hold to, and what it asks of other policies.
  std::vector<std::string> notes;
};

[[nodiscard]] Result<BrowserPolicy> render(const Policy& policy, const Browser& browser,
                                           const RenderOptions& options);

// The manifest by which `browser` finds the host program; for machines without our packages.
[[nodiscard]] boost::json::object native_manifest(const Browser& browser,
                                                  const std::string& extension_id,
                                                  const std::string& program);

// Two blanks a level, a line feed at the end.
[[nodiscard]] std::string pretty(const boost::json::value& value);
// The same in the middle of a text, whose lines are indented so far; without the line feed.
[[nodiscard]] std::string pretty_at(const boost::json::value& value, const std::string& indent);

}  // namespace fieldnote::policy

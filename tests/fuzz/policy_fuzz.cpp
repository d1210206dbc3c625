// policy.json, or, behind a NUL, a team's file beside a good policy.json; and addresses against the
// sites found.
#include "input.hpp"
#include "policy/assignment.hpp"

namespace {

constexpr std::string_view good_policy =
    R"({"organisation":"o","notice":{"purpose":"p","lawful_basis":"l","contact":"c"},
"recipients":["age18zjtw4x2n86dl85z3cdkvezzsm63tnzj6hpxhslpjlwenw32vemsgm5ech"]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  const std::string_view text = fuzz::text(data, size);
  std::vector<policy::PolicyFile> files;
  if (text.starts_with('\0')) {
    files.push_back({"policy.json", std::string(good_policy)});
    files.push_back({"team.json", std::string(text.substr(1))});
  } else {
    files.push_back({"policy.json", std::string(text)});
  }
  const auto policy = policy::parse_policy(std::move(files));
  if (!policy) {
    fuzz::require(policy.error().sentence.find(".json") != std::string::npos);
    return 0;
  }
  const policy::Assignment assignment(*policy, {"root", {}});
  for (const policy::Team& team : policy->teams)
    for (const policy::Site& site : team.sites)
      static_cast<void>(assignment.match(site.pattern.text()));
  return 0;
}

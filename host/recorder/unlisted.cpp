#include "recorder/unlisted.hpp"

#include <algorithm>
#include <map>

#include "recorder/deletion.hpp"

namespace fieldnote::recorder {
namespace {

bool may_match(const policy::SitePattern& pattern, std::string_view route) {
  const auto address = policy::Address::parse(route);
  return address && pattern.may_match_route(*address);
}

// Answers for each route and each set of terms once.
class Lists {
 public:
  Lists(spool::Spool& spool, const policy::Policy& policy, const policy::Assignment& assignment)
      : spool_(spool), policy_(policy), assignment_(assignment) {}

  Result<bool> are_left_by(const spool::HeldRow& row, const model::Event& event) {
    // Where the person was when they left the lists is not kept.
    if (event.url.empty()) return false;
    const auto same = has_todays_notice(row.terms);
    if (!same) return same.error();
    if (*same) return false;
    const auto [at, is_new] = left_.try_emplace(std::string(event.url), false);
    if (is_new) at->second = !is_listed(event.url) || is_excluded(event.url);
    return at->second;
  }

 private:
  Result<bool> has_todays_notice(std::int64_t terms_row) {
    const auto at = todays_.find(terms_row);
    if (at != todays_.end()) return at->second;
    const auto terms = spool_.terms(terms_row);
    if (!terms) return terms.error();
    const bool same = *terms && (*terms)->notice == assignment_.notice_digest();
    todays_.emplace(terms_row, same);
    return same;
  }

  [[nodiscard]] bool is_listed(std::string_view route) const {
    return std::any_of(policy_.teams.begin(), policy_.teams.end(), [&](const policy::Team& team) {
      return std::any_of(team.sites.begin(), team.sites.end(),
                         [&](const policy::Site& site) { return may_match(site.pattern, route); });
    });
  }
  [[nodiscard]] bool is_excluded(std::string_view route) const {
    const auto& teams = assignment_.teams();
    return std::any_of(teams.begin(), teams.end(), [&](const policy::Team* team) {
      return std::any_of(
          team->exclude.begin(), team->exclude.end(),
          [&](const policy::SitePattern& pattern) { return may_match(pattern, route); });
    });
  }

  spool::Spool& spool_;
  const policy::Policy& policy_;
  const policy::Assignment& assignment_;
  std::map<std::int64_t, bool> todays_;
  std::map<std::string, bool, std::less<>> left_;
};

}  // namespace

Result<std::int64_t> delete_unlisted(spool::Spool& spool, const policy::Policy& policy,
                                     const policy::Assignment& assignment) {
  if (assignment.standing() != policy::Standing::listed) return 0;
  Lists lists(spool, policy, assignment);
  const auto deleted = delete_counted(
      spool,
      [&](const spool::HeldRow& row, std::size_t, const model::Event& event) {
        return lists.are_left_by(row, event);
      },
      "unlisted");
  if (!deleted) return deleted.error();
  return deleted->events;
}

Result<std::int64_t> purge_site(spool::Spool& spool, const policy::SitePattern& pattern) {
  const auto deleted = delete_counted(
      spool,
      [&](const spool::HeldRow&, std::size_t, const model::Event& event) -> Result<bool> {
        return may_match(pattern, event.url);
      },
      "purged");
  if (!deleted) return deleted.error();
  return deleted->events;
}

}  // namespace fieldnote::recorder

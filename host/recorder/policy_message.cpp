#include "recorder/policy_message.hpp"

namespace fieldnote::recorder {

channel::PolicyMessage policy_message(const policy::Policy& policy,
                                      const policy::Assignment& assignment) {
  channel::PolicyMessage message;
  if (assignment.standing() != policy::Standing::listed) return message;
  for (const policy::Team* team : assignment.teams()) {
    channel::PolicyTeam& told = message.teams.emplace_back();
    told.name = team->name;
    told.values = model::word(team->values);
    told.keys = team->keys;
    told.outline = team->outline;
    told.tasks = team->tasks;
    for (const policy::Site& site : team->sites)
      told.sites.emplace_back(site.pattern.text(), site.app);
    for (const policy::SitePattern& pattern : team->exclude) told.exclude.push_back(pattern.text());
    for (const policy::FieldRule& rule : team->fields)
      told.fields.emplace_back(rule.match, model::word(rule.values));
  }
  channel::PolicyNotice& notice = message.notice.emplace();
  notice.digest = assignment.notice_digest().hex();
  notice.organisation = policy.organisation;
  notice.purpose = policy.notice.purpose;
  notice.lawful_basis = policy.notice.lawful_basis;
  notice.contact = policy.notice.contact;
  notice.more = policy.notice.more;
  for (const policy::Reader& reader : policy.recipients) {
    notice.recipients.push_back(reader.key.fingerprint());
    if (!reader.name.empty()) notice.names.emplace_back(notice.recipients.back(), reader.name);
  }
  notice.review_window_hours = policy.review_window.count();
  notice.retention_days = policy.retention_days;
  notice.min_participants = policy.min_participants;
  return message;
}

}  // namespace fieldnote::recorder

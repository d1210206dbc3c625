#include "recorder/withdrawal.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "recorder/deletion.hpp"
#include "recorder/sealer.hpp"

namespace fieldnote::recorder {
namespace {

std::string receipt_of(const channel::WithdrawRequest& request, const seal::Digest& notice) {
  boost::json::object receipt{{"kind", "withdrawal_receipt"},
                              {"at", channel::moment_text(std::chrono::floor<std::chrono::seconds>(
                                         std::chrono::system_clock::now()))},
                              {"notice", notice.hex()},
                              {"recording", "stops"},
                              {"held", request.delete_held ? "delete" : "keep"}};
  if (request.left) receipt["asked_back"] = request.left->to_json();
  return boost::json::serialize(receipt);
}

Result<void> note(spool::Spool& spool, const spool::Consent& answer) {
  auto write = spool.write();
  if (!write) return write.error();
  if (auto added = write->add_consent(answer); !added) return added;
  return write->commit();
}

}  // namespace

Result<Withdrawn> withdraw(spool::Spool& spool, const Result<policy::Policy>& policy,
                           const policy::Assignment* assignment,
                           const channel::WithdrawRequest& request) {
  const auto last = spool.last_consent();
  if (!last) return last.error();
  spool::Consent answer;
  if (*last)
    answer = **last;
  else if (assignment != nullptr)
    answer.notice = assignment->notice_digest();
  if (!request.go_on) {
    answer.yes = false;
    answer.receipt = receipt_of(request, answer.notice);
    if (auto noted = note(spool, answer); !noted) return noted.error();
  }

  Withdrawn withdrawn;
  if (request.delete_held) {
    channel::Which everything;
    everything.all = true;
    const auto deleted = delete_held(spool, everything);
    if (!deleted) return deleted.error();
    withdrawn.deleted = deleted->events;
  }
  if (!request.left) return withdrawn;
  if (!policy || policy->recipients.empty())
    return Error{channel::ProtocolError::unfinished,
                 "all but the asking is done: the policy on this computer has an error, and does "
                 "not say whom to ask; ask again when it is repaired"};
  spool::Terms terms;
  terms.policy = policy->digest;
  terms.notice = answer.notice;
  terms.receipt = seal::sha256(platform::as_bytes(answer.receipt));
  terms.organisation = policy->organisation;
  terms.min_participants = policy->min_participants;
  const auto asking = Sealer(spool, policy->keys()).seal_asking(*request.left, terms);
  if (!asking) return asking.error();
  if (*asking) withdrawn.asked = (*asking)->n;
  return withdrawn;
}

}  // namespace fieldnote::recorder

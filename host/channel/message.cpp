#include "channel/message.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "channel/frame.hpp"
#include "model/strict_json.hpp"

namespace fieldnote::channel {
namespace {

namespace json = boost::json;

Error invalid(std::string_view type, std::string_view why) {
  return {ProtocolError::message_invalid,
          "the message \"" + std::string(type) + "\": " + std::string(why)};
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The text under `key`, or nothing where there is none or it is no text of at most `most` bytes.
std::optional<std::string> text_at(const json::object& object, std::string_view key,
                                   std::size_t most) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string() || value->get_string().size() > most)
    return std::nullopt;
  return std::string(value->get_string());
}

// A newer extension may send more than we know: fields that are unknown are passed over in control
// messages.
Result<Message> parse_attach(const json::object& object) {
  Attach attach;
  const json::value* protocol = object.if_contains("protocol");
  if (protocol == nullptr || !protocol->is_int64())
    return invalid("attach", "\"protocol\" must be a whole number");
  attach.protocol = static_cast<int>(std::clamp<std::int64_t>(protocol->get_int64(), -1, 1000000));
  const auto extension = text_at(object, "extension", 40);
  if (!extension) return invalid("attach", "\"extension\" must be a version of at most 40 bytes");
  attach.extension = *extension;
  const auto browser = text_at(object, "browser", 40);
  if (!browser || (*browser != "chromium" && *browser != "firefox"))
    return invalid("attach", "\"browser\" must be chromium or firefox");
  attach.browser = *browser;
  const auto stream = text_at(object, "stream", 32);
  if (!stream || !is_hex(*stream, 32)) return invalid("attach", "\"stream\" must be 32 hex digits");
  attach.stream = *stream;
  return Message(std::move(attach));
}

Result<Message> parse_consent(const json::object& object) {
  const auto digest = text_at(object, "digest", 64);
  if (!digest || !is_hex(*digest, 64))
    return invalid("consent", "\"digest\" must be 64 hex digits");
  const auto answer = text_at(object, "answer", 3);
  if (!answer || (*answer != "yes" && *answer != "no"))
    return invalid("consent", "\"answer\" must be yes or no");
  return Message(ConsentAnswer{*digest, *answer == "yes"});
}

json::array strings(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& text : list) array.emplace_back(text);
  return array;
}

json::array pairs(const std::vector<std::pair<std::string, std::string>>& list,
                  std::string_view first, std::string_view second) {
  json::array array;
  for (const auto& [a, b] : list) {
    json::object object;
    object[first] = a;
    object[second] = b;
    array.push_back(std::move(object));
  }
  return array;
}

json::object notice_json(const PolicyNotice& notice) {
  json::object object{{"digest", notice.digest},
                      {"organisation", notice.organisation},
                      {"purpose", notice.purpose},
                      {"lawful_basis", notice.lawful_basis},
                      {"contact", notice.contact},
                      {"recipients", strings(notice.recipients)},
                      {"review_window_hours", notice.review_window_hours},
                      {"retention_days", notice.retention_days},
                      {"min_participants", notice.min_participants}};
  if (!notice.names.empty()) {
    json::object& names = object["names"].emplace_object();
    for (const auto& [fingerprint, name] : notice.names) names[fingerprint] = name;
  }
  if (!notice.more.empty()) object["more"] = notice.more;
  return object;
}

void append_object(std::string& out, const json::object& object) {
  append_frame(out, json::serialize(object));
}

}  // namespace

Result<Message> parse_message(std::string_view frame) {
  auto value = model::parse_strict(frame, model::Comments::refused);
  if (!value) return Error{ProtocolError::frame_unreadable, "a frame is " + value.error().what};
  if (!value->is_object())
    return Error{ProtocolError::frame_unreadable, "a frame is no JSON object"};
  const json::object& object = value->get_object();
  const auto type = text_at(object, "type", 40);
  if (!type) return Error{ProtocolError::message_unknown, "a message has no type"};
  if (*type == "attach") return parse_attach(object);
  if (*type == "consent") return parse_consent(object);
  if (auto request = read_request(*type, object)) {
    if (!*request) return request->error();
    return Message(std::move(**request));
  }
  return Error{ProtocolError::message_unknown,
               "this host knows no message of the type it was sent; update it"};
}

void append_hello(std::string& out) {
  append_object(out, {{"type", "hello"},
                      {"protocol", {{"min", protocol_min}, {"max", protocol_max}}},
                      {"host", FIELDNOTE_VERSION}});
}

namespace {

void add_standing(json::object& object, const StandingNow& standing) {
  object["state"] = standing.state;
  object["why"] = standing.why;
  if (standing.pause) {
    json::object& pause = object["pause"].emplace_object();
    pause["since"] = standing.pause->since;
    if (standing.pause->until) pause["until"] = *standing.pause->until;
  }
  if (standing.task) object["task"] = standing.task->to_json();
  object["today"] = json::object{{"events", standing.today}};
  object["held"] = standing.held.to_json();
}

json::object policy_json(const PolicyMessage& message) {
  json::array teams;
  for (const PolicyTeam& team : message.teams)
    teams.push_back(json::object{{"name", team.name},
                                 {"sites", pairs(team.sites, "url", "app")},
                                 {"exclude", strings(team.exclude)},
                                 {"values", team.values},
                                 {"keys", team.keys},
                                 {"outline", team.outline},
                                 {"fields", pairs(team.fields, "match", "values")},
                                 {"tasks", strings(team.tasks)}});
  json::object object{{"type", "policy"}};
  add_standing(object, message.standing);
  object["next_seq"] = message.next_seq;
  object["teams"] = std::move(teams);
  if (message.notice) object["notice"] = notice_json(*message.notice);
  return object;
}

}  // namespace

bool fits(const PolicyMessage& message) {
  constexpr std::size_t sentence = 4096;
  return json::serialize(policy_json(message)).size() + sentence <= max_frame_from_host;
}

void append_policy(std::string& out, const PolicyMessage& message) {
  append_object(out, policy_json(message));
}

json::object ToldTask::to_json() const {
  json::object object{{"id", id}, {"words", words}, {"own", own}};
  if (leaves) object["leaves"] = *leaves;
  if (outcome) object["outcome"] = *outcome;
  if (events) object["events"] = *events;
  return object;
}

json::object HeldNow::to_json() const {
  json::object object{{"events", events}, {"up_to", up_to}, {"told", told}};
  if (leaves_in) object["leaves_in"] = *leaves_in;
  return object;
}

void append_standing(std::string& out, const StandingNow& standing,
                     std::optional<std::int64_t> id) {
  json::object object{{"type", "standing"}};
  if (id) object["id"] = *id;
  add_standing(object, standing);
  append_object(out, object);
}

void append_answer(std::string& out, std::string_view type, std::int64_t id, json::object answer) {
  json::object object{{"type", type}, {"id", id}};
  for (auto& [key, value] : answer) object[key] = std::move(value);
  append_object(out, object);
}

void append_answer(std::string& out, std::string_view type, std::int64_t id,
                   std::string_view members) {
  append_frame(out, R"({"type":")" + std::string(type) + R"(","id":)" + std::to_string(id) +
                        std::string(members) + '}');
}

void append_ack(std::string& out, std::uint64_t seq, std::uint64_t stored, bool duplicate,
                const std::map<std::string, std::uint64_t, std::less<>>& refused) {
  json::object object{{"type", "ack"}, {"seq", seq}, {"stored", stored}};
  if (duplicate) object["duplicate"] = true;
  if (!refused.empty()) {
    json::object& reasons = object["refused"].emplace_object();
    for (const auto& [reason, count] : refused) reasons[reason] = count;
  }
  append_object(out, object);
}

void append_error(std::string& out, ProtocolError error, std::string_view sentence,
                  std::optional<std::uint64_t> seq, std::optional<std::uint64_t> expected,
                  std::optional<std::int64_t> id) {
  const ProtocolErrorFacts& facts = facts_of(error);
  json::object object{{"type", "error"},
                      {"number", static_cast<int>(facts.number)},
                      {"name", facts.name},
                      {"message", sentence}};
  if (seq) object["seq"] = *seq;
  if (expected) object["expected"] = *expected;
  if (id) object["id"] = *id;
  append_object(out, object);
}

}  // namespace fieldnote::channel

// Messages (manifest/schema/message.schema.json) to and from structs. Batches go their own way:
// model/event_reader.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "channel/protocol.hpp"
#include "channel/request.hpp"
#include "platform/error.hpp"

namespace fieldnote::channel {

// ---- from the extension

struct Attach {
  int protocol = 0;
  std::string extension;
  std::string browser;
  std::string stream;  // 32 hex digits
};

struct ConsentAnswer {
  std::string digest;  // 64 hex digits
  bool yes = false;
};

using Message = std::variant<Attach, ConsentAnswer, Request>;

// Errors: `frame_unreadable`, `message_unknown`, `message_invalid`.
[[nodiscard]] Result<Message> parse_message(std::string_view frame);

// ---- to the extension: appended as frames

struct PolicyTeam {
  std::string name;
  std::vector<std::pair<std::string, std::string>> sites;  // url, app
  std::vector<std::string> exclude;
  std::string values;
  std::string keys;
  bool outline = false;
  std::vector<std::pair<std::string, std::string>> fields;  // match, values
  std::vector<std::string> tasks;
};

struct PolicyNotice {
  std::string digest, organisation, purpose, lawful_basis, contact, more;
  std::vector<std::string> recipients;                     // fingerprints
  std::vector<std::pair<std::string, std::string>> names;  // fingerprint, name
  std::int64_t review_window_hours = 0;
  std::int64_t retention_days = 0;
  std::int64_t min_participants = 0;
};

struct ToldTask {
  std::string id, words;
  bool own = false;
  std::optional<std::string> leaves, outcome;
  std::optional<std::int64_t> events;
  [[nodiscard]] boost::json::object to_json() const;
};

struct HeldNow {
  std::int64_t events = 0, up_to = 0, told = 0;
  std::optional<std::int64_t> leaves_in;
  [[nodiscard]] boost::json::object to_json() const;
};

// What stands in `policy` and in `standing`.
struct StandingNow {
  struct Pause {
    std::string since;
    std::optional<std::string> until;
  };
  std::string state;
  std::string why;
  std::optional<Pause> pause;
  std::optional<ToldTask> task;
  std::int64_t today = 0;
  HeldNow held;
};

struct PolicyMessage {
  StandingNow standing;
  std::uint64_t next_seq = 0;
  std::vector<PolicyTeam> teams;
  std::optional<PolicyNotice> notice;
};

void append_hello(std::string& out);
// Whether the message stays below what browsers take, whatever its `why`.
[[nodiscard]] bool fits(const PolicyMessage& message);
void append_policy(std::string& out, const PolicyMessage& message);
// Without `id` nobody asked.
void append_standing(std::string& out, const StandingNow& standing,
                     std::optional<std::int64_t> id = {});
// Any other answer, whose form message.schema.json says.
void append_answer(std::string& out, std::string_view type, std::int64_t id,
                   boost::json::object answer);
// The same, its members given as JSON text: `,"events":[...]`.
void append_answer(std::string& out, std::string_view type, std::int64_t id,
                   std::string_view members);
// What is left of a frame for lists of an answer.
inline constexpr std::size_t answer_room = max_frame_from_host - 16 * 1024;
void append_ack(std::string& out, std::uint64_t seq, std::uint64_t stored, bool duplicate,
                const std::map<std::string, std::uint64_t, std::less<>>& refused);
// `seq` and `expected` where the error is about a batch, `id` where it answers a request.
void append_error(std::string& out, ProtocolError error, std::string_view sentence,
                  std::optional<std::uint64_t> seq = {}, std::optional<std::uint64_t> expected = {},
                  std::optional<std::int64_t> id = {});

}  // namespace fieldnote::channel

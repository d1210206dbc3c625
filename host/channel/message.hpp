// Messages (manifest/schema/message.schema.json) to and from structs. Batches go their own way:
// model/event_reader.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "channel/protocol.hpp"
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

using Message = std::variant<Attach, ConsentAnswer>;

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
};

struct PolicyNotice {
  std::string digest, organisation, purpose, lawful_basis, contact, more;
  std::vector<std::string> recipients;  // fingerprints
  std::int64_t review_window_hours = 0;
  std::int64_t retention_days = 0;
};

struct PolicyMessage {
  std::string state;
  std::string why;
  std::uint64_t next_seq = 0;
  std::vector<PolicyTeam> teams;
  std::optional<PolicyNotice> notice;
};

void append_hello(std::string& out);
// Whether the message stays below what browsers take, whatever its `why`.
[[nodiscard]] bool fits(const PolicyMessage& message);
void append_policy(std::string& out, const PolicyMessage& message);
void append_ack(std::string& out, std::uint64_t seq, std::uint64_t stored, bool duplicate,
                const std::map<std::string, std::uint64_t, std::less<>>& refused);
// `seq` and `expected` where the error is about a batch.
void append_error(std::string& out, ProtocolError error, std::string_view sentence,
                  std::optional<std::uint64_t> seq = {},
                  std::optional<std::uint64_t> expected = {});

}  // namespace fieldnote::channel

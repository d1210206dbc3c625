// The numbers and names of manifest/protocol.md, which tests/unit/protocol_test.cpp holds against
// this file.
#pragma once

#include <array>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fieldnote::channel {

inline constexpr int protocol_min = 1;
inline constexpr int protocol_max = 1;
inline constexpr std::size_t max_frame_to_host = 8 << 20;
inline constexpr std::size_t max_frame_from_host = 1 << 20;

enum class ProtocolError : std::uint8_t {
  frame_too_large = 1,
  frame_empty,
  frame_truncated,
  frame_unreadable,
  message_unknown,
  message_invalid,
  protocol_unsupported,
  not_attached,
  already_attached,
  batch_unreadable,
  batch_out_of_order,
  not_recording,
  consent_stale,
  caller_refused,
  policy_changed,
  storage_failed,
  storage_full,
  paused,
  unfinished,
  not_held,
};

struct ProtocolErrorFacts {
  ProtocolError number;
  std::string_view name;
  bool fatal;  // the host ends after it
};

inline constexpr std::array<ProtocolErrorFacts, 20> protocol_errors{{
    {ProtocolError::frame_too_large, "frame_too_large", true},
    {ProtocolError::frame_empty, "frame_empty", false},
    {ProtocolError::frame_truncated, "frame_truncated", true},
    {ProtocolError::frame_unreadable, "frame_unreadable", false},
    {ProtocolError::message_unknown, "message_unknown", false},
    {ProtocolError::message_invalid, "message_invalid", false},
    {ProtocolError::protocol_unsupported, "protocol_unsupported", true},
    {ProtocolError::not_attached, "not_attached", false},
    {ProtocolError::already_attached, "already_attached", false},
    {ProtocolError::batch_unreadable, "batch_unreadable", false},
    {ProtocolError::batch_out_of_order, "batch_out_of_order", false},
    {ProtocolError::not_recording, "not_recording", false},
    {ProtocolError::consent_stale, "consent_stale", false},
    {ProtocolError::caller_refused, "caller_refused", true},
    {ProtocolError::policy_changed, "policy_changed", true},
    {ProtocolError::storage_failed, "storage_failed", true},
    {ProtocolError::storage_full, "storage_full", true},
    {ProtocolError::paused, "paused", false},
    {ProtocolError::unfinished, "unfinished", false},
    {ProtocolError::not_held, "not_held", false},
}};

[[nodiscard]] constexpr const ProtocolErrorFacts& facts_of(ProtocolError error) {
  return protocol_errors[static_cast<std::size_t>(error) - 1];
}

[[nodiscard]] boost::system::error_code make_error_code(ProtocolError error);

}  // namespace fieldnote::channel

template <>
struct boost::system::is_error_code_enum<fieldnote::channel::ProtocolError> : std::true_type {};

// An address as it may leave: origin and path, with what names one thing or one person as `:id`.
// Credentials, query and fragment never pass.
#pragma once

#include <string>
#include <string_view>

namespace fieldnote::redact {

// Whether a segment of a path names one record: digits only, a ticket number, a UUID, a hash, an
// address.
[[nodiscard]] bool names_a_record(std::string_view segment);

// "https://crm.example/tickets/:id" from "https://crm.example/tickets/4711?q=x#y". `url` is an http
// or https address.
[[nodiscard]] std::string route(std::string_view url);

}  // namespace fieldnote::redact

// An address as it may leave: origin and path, with what names one thing or one person as `:id`.
// Credentials, query and fragment never pass.
#pragma once

#include <string>
#include <string_view>

namespace fieldnote::redact {

// Whether a segment of a path, without escapes, names one record or one person: digits only, a
// ticket number, a UUID, a hash, an address, jane.doe.
[[nodiscard]] bool names_a_record(std::string_view segment);

// "https://crm.example/tickets/:id" from "https://crm.example/tickets/4711?q=x#y"; what follows
// "users" or another word for people is `:id` unless it is a word of tools, such as "new". Escapes
// are decoded before they are judged; a segment that needs them is `:id`. `url` is an http or https
// address.
[[nodiscard]] std::string route(std::string_view url);

// The same of an address as a page writes it: relative ones stay so; of what is no place on the web
// (mailto:, tel:) the scheme is left.
[[nodiscard]] std::string link_route(std::string_view href);

// How much of an address is its origin, "https://crm.example".
[[nodiscard]] std::size_t origin_size(std::string_view url);

}  // namespace fieldnote::redact

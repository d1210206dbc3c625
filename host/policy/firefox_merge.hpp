// Firefox has one policies.json for everything. Ours goes in beside what others wrote, and out
// again without a trace: both are changes of the text, of our entry alone, so that every other byte
// stays as it was, blank lines and order included.
//
// What was made to hold our entry (the file, "policies", "ExtensionSettings") goes with it; an
// object that was there before, and was empty, stays. Nothing is kept on the side to tell the two
// apart: into an object that is empty we write `{ "`, with one blank, and what we make ourselves
// goes on in the next line.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/error.hpp"

namespace fieldnote::policy {

// `existing`: the text of the file, JSON without comments whose root is an object; nothing where
// there is none. Fails where Firefox would not take it, or `rendered` is not what `render` made.
[[nodiscard]] Result<std::string> merge_firefox(const std::optional<std::string>& existing,
                                                const boost::json::object& rendered);

// Nothing: the file was made by us, and nothing else is in it.
[[nodiscard]] Result<std::optional<std::string>> unmerge_firefox(std::string existing,
                                                                 std::string_view extension_id);

// Entries of ExtensionSettings that `render` made, by their ids.
[[nodiscard]] std::vector<std::string> fieldnote_entries(const boost::json::object& file);
[[nodiscard]] bool is_fieldnote_entry(std::string_view id, const boost::json::value& entry);

}  // namespace fieldnote::policy

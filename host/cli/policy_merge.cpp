// fieldnote policy merge, unmerge: Firefox's one policies.json.
#include <iostream>
#include <memory>
#include <optional>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_file.hpp"
#include "model/strict_json.hpp"
#include "platform/file.hpp"
#include "policy/browser.hpp"
#include "policy/firefox_merge.hpp"
#include "policy/position.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

constexpr std::size_t max_bytes = 4 << 20;

struct Options {
  std::string rendered;
  std::string extension_id;
  std::string into{policy::browser_named("firefox")->policy_file};
};

Error at_path(const Error& error, const std::string& path) {
  return Error(error).at(path);
}

struct File {
  std::string text;
  json::object content;
};

// A file that nobody else can write; nothing where there is none.
Result<std::optional<File>> read_file(const std::string& path) {
  if (!fs::exists(fs::symlink_status(path))) return std::optional<File>();
  auto text = platform::read_trusted(path, max_bytes);
  if (!text) return text.error();
  auto value = model::parse_strict(*text, model::Comments::refused);
  const auto code = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
  if (!value) {
    const policy::Position place = policy::position_of(*text, value.error().offset);
    return Error{code, path + ':' + std::to_string(place.line) + ':' +
                           std::to_string(place.column) + ": " + value.error().what};
  }
  if (!value->is_object()) return Error{code, path + ": is no JSON object"};
  return std::optional(File{std::move(*text), std::move(value->get_object())});
}

Result<void> write(const std::string& path, const std::string& text) {
  return write_whole(path, text, 0644, true);
}

Exit merge(const Options& options) {
  const auto rendered = read_file(options.rendered);
  if (!rendered) return fail(rendered.error());
  if (!*rendered) return fail(os_error(ENOENT, options.rendered));
  const auto existing = read_file(options.into);
  if (!existing) return fail(existing.error());
  const auto before = *existing ? std::optional((*existing)->text) : std::nullopt;
  const auto wanted = policy::merge_firefox(before, (*rendered)->content);
  if (!wanted) return fail(at_path(wanted.error(), options.into));
  if (before == *wanted) {
    std::cout << options.into << " is as it should be.\n";
    return Exit::good;
  }
  if (auto written = write(options.into, *wanted); !written) return fail(written.error());
  std::cout << options.into << " is written; Firefox reads it at its next start.\n";
  return Exit::good;
}

Exit unmerge(const Options& options) {
  const auto existing = read_file(options.into);
  if (!existing) return fail(existing.error());
  std::vector<std::string> ids{options.extension_id};
  if (options.extension_id.empty())
    ids = *existing ? policy::fieldnote_entries((*existing)->content) : std::vector<std::string>();
  std::optional<std::string> left = *existing ? std::optional((*existing)->text) : std::nullopt;
  for (const std::string& id : ids) {
    if (!left) break;
    auto without = policy::unmerge_firefox(std::move(*left), id);
    if (!without) return fail(at_path(without.error(), options.into));
    left = std::move(*without);
  }
  if (!*existing || left == (*existing)->text) {
    std::cout << "Nothing of Fieldnote is in " << options.into << ".\n";
    return Exit::good;
  }
  std::error_code failed;
  if (left) {
    if (auto written = write(options.into, *left); !written) return fail(written.error());
  } else if (!fs::remove(options.into, failed)) {
    return fail(os_error(failed.value(), options.into));
  }
  std::cout << options.into << (left ? " is as it was without Fieldnote" : " is removed")
            << "; Firefox reads it at its next start.\n";
  return Exit::good;
}

}  // namespace

void add_policy_merge(CLI::App& policy, Exit& exit) {
  auto options = std::make_shared<Options>();
  CLI::App* merging = policy.add_subcommand(
      "merge", "Puts a rendered policy into Firefox's policies.json, beside what is there");
  merging->add_option("rendered", options->rendered, "What `policy render` wrote")->required();
  CLI::App* unmerging = policy.add_subcommand(
      "unmerge",
      "Takes it out of Firefox's policies.json again; what others wrote stays, byte for byte");
  unmerging->add_option("--extension-id", options->extension_id,
                        "Whose entry goes, instead of each that `policy render` made");
  for (CLI::App* command : {merging, unmerging})
    command->add_option("--into", options->into, "The file of this machine")->capture_default_str();
  merging->callback([options, &exit] { exit = merge(*options); });
  unmerging->callback([options, &exit] { exit = unmerge(*options); });
}

}  // namespace fieldnote::cli

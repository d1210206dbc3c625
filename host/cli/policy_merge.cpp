// fieldnote policy merge, unmerge: Firefox's one policies.json.
#include <iostream>
#include <memory>

#include "cli/policy_commands.hpp"
#include "cli/terminal.hpp"
#include "model/strict_json.hpp"
#include "policy/browser_policy.hpp"
#include "policy/position.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

constexpr std::size_t max_bytes = 4 << 20;

struct Options {
  std::string rendered;
  std::string extension_id = "fieldnote@fieldnote.org";
  std::string into{policy::browser_named("firefox")->policy_file};
};

Error at_path(const Error& error, const std::string& path) {
  return Error(error).at(path);
}

// The object in a file that nobody else can write; an empty one where there is no file.
Result<json::object> read_object(const std::string& path, bool may_be_missing) {
  if (may_be_missing && !fs::exists(fs::symlink_status(path))) return json::object();
  const auto text = platform::read_trusted(path, max_bytes);
  if (!text) return text.error();
  auto value = model::parse_strict(*text, model::Comments::refused);
  const auto code = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
  if (!value) {
    const policy::Position place = policy::position_of(*text, value.error().offset);
    return Error{code, path + ':' + std::to_string(place.line) + ':' +
                           std::to_string(place.column) + ": " + value.error().what};
  }
  if (!value->is_object()) return Error{code, path + ": is no JSON object"};
  return std::move(value->get_object());
}

Result<void> write(const std::string& path, const json::object& content) {
  std::error_code failed;
  // Nothing is left of it: neither is the file.
  if (content.empty()) {
    fs::remove(path, failed);
    return failed ? Result<void>(os_error(failed.value(), path)) : Result<void>();
  }
  fs::create_directories(fs::path(path).parent_path(), failed);
  if (failed) return os_error(failed.value(), path);
  auto file = platform::DurableFile::create(path, 0644, true);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(policy::pretty(content))); !written)
    return written;
  return file->commit();
}

Exit change(const Options& options, const json::object& existing,
            const Result<json::object>& wanted) {
  if (!wanted) return fail(at_path(wanted.error(), options.into));
  if (*wanted == existing) {
    std::cout << options.into << " is as it should be.\n";
    return Exit::good;
  }
  if (auto written = write(options.into, *wanted); !written) return fail(written.error());
  std::cout << options.into << (wanted->empty() ? " is removed" : " is written")
            << "; Firefox reads it at its next start.\n";
  return Exit::good;
}

Exit merge(const Options& options) {
  const auto rendered = read_object(options.rendered, false);
  if (!rendered) return fail(rendered.error());
  const auto existing = read_object(options.into, true);
  if (!existing) return fail(existing.error());
  return change(options, *existing, policy::merge_firefox(*existing, *rendered));
}

Exit unmerge(const Options& options) {
  const auto existing = read_object(options.into, true);
  if (!existing) return fail(existing.error());
  return change(options, *existing, policy::unmerge_firefox(*existing, options.extension_id));
}

}  // namespace

void add_policy_merge(CLI::App& policy, Exit& exit) {
  auto options = std::make_shared<Options>();
  CLI::App* merging = policy.add_subcommand(
      "merge", "Puts a rendered policy into Firefox's policies.json, beside what is there");
  merging->add_option("rendered", options->rendered, "What `policy render` wrote")->required();
  CLI::App* unmerging = policy.add_subcommand(
      "unmerge", "Takes it out of Firefox's policies.json again; what others wrote stays");
  unmerging->add_option("--extension-id", options->extension_id, "Whose entry goes")
      ->capture_default_str();
  for (CLI::App* command : {merging, unmerging})
    command->add_option("--into", options->into, "The file of this machine")->capture_default_str();
  merging->callback([options, &exit] { exit = merge(*options); });
  unmerging->callback([options, &exit] { exit = unmerge(*options); });
}

}  // namespace fieldnote::cli

// fieldnote verify: is everything that should be there, and is it what was sealed? On the device by
// the table of bundles; with the organisation's key also what is inside: signature and chain, and,
// against what a participant saved of theirs, that they had said yes.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include "cli/access_log.hpp"
#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/terminal.hpp"
#include "dataset/reading/bundle_reader.hpp"
#include "model/strict_json.hpp"
#include "platform/paths.hpp"
#include "seal/digest.hpp"
#include "spool/spool.hpp"

namespace fieldnote::cli {
namespace {

constexpr std::size_t max_bundle_file = 64 << 20;
constexpr std::size_t max_receipts_file = 64 << 20;

struct Options {
  IdentitySource identity;
  AccessOptions access;
  std::string receipts;
  std::vector<std::string> bundles;
  bool as_json = false;
};

struct Findings {
  std::size_t good = 0;
  std::size_t gone = 0;  // in the table, and not here any more: they have left
  std::vector<std::string> wrong;
};

Exit print(const Findings& findings, bool as_json) {
  if (as_json) {
    boost::json::array wrong;
    for (const std::string& what : findings.wrong) wrong.emplace_back(what);
    std::cout << boost::json::serialize(boost::json::object{
                     {"good", findings.good}, {"gone", findings.gone}, {"wrong", std::move(wrong)}})
              << '\n';
  } else {
    for (const std::string& what : findings.wrong)
      std::cout << styled("wrong: ", Style::red) << printable(what) << '\n';
    std::cout << styled(counted(findings.good, "bundle") + " good",
                        findings.wrong.empty() ? Style::green : Style::bold);
    if (findings.gone > 0) std::cout << ", " << findings.gone << " left this computer";
    std::cout << ", " << findings.wrong.size() << " wrong.\n";
  }
  return findings.wrong.empty() ? Exit::good : Exit::failed;
}

// The table against the files.
Result<Findings> verify_device() {
  const auto folder = platform::state_folder();
  if (!folder) return folder.error();
  Findings findings;
  if (!platform::fs::exists(*folder / "spool.db")) return findings;
  auto spool = spool::Spool::open(*folder);
  if (!spool) return spool.error();
  const auto rows = spool->bundles();
  if (!rows) return rows.error();
  for (const spool::BundleRow& row : *rows) {
    const platform::fs::path file = spool->bundle_folder() / row.name;
    if (!platform::fs::exists(file)) {
      ++findings.gone;
      continue;
    }
    const auto bytes = platform::read_all(file, max_bundle_file);
    if (!bytes) return bytes.error();
    if (seal::sha256(platform::as_bytes(*bytes)) == row.digest)
      ++findings.good;
    else
      findings.wrong.push_back(file.string() +
                               ": is not the file that was sealed (its SHA-256 differs)");
  }
  return findings;
}

// Receipts by their digest, and whether each is of a yes. A bundle names the digest of the text
// that was stored, which is what serializing it again gives.
using Receipts = std::map<std::string, bool, std::less<>>;

Result<Receipts> read_receipts(const std::string& file) {
  const auto text = platform::read_all(file, max_receipts_file);
  if (!text) return text.error();
  const auto parsed = model::parse_strict(*text, model::Comments::refused);
  const boost::json::array* list = parsed ? parsed->if_array() : nullptr;
  if (list == nullptr)
    return os_error(EINVAL, file + ": is no receipts.json as `fieldnote mine` saves it");
  Receipts receipts;
  for (const boost::json::value& receipt : *list) {
    const boost::json::object* fields = receipt.if_object();
    const boost::json::value* answer = fields != nullptr ? fields->if_contains("answer") : nullptr;
    if (answer == nullptr) return os_error(EINVAL, file + ": has an element that is no receipt");
    const std::string stored = boost::json::serialize(receipt);
    receipts[seal::sha256(platform::as_bytes(stored)).hex()] = *answer == "yes";
  }
  return receipts;
}

// What is wrong with the consent that a bundle was sealed under; empty: nothing. One without events
// is the person's own word, and needs none.
std::string fault_in_consent(const dataset::Bundle& bundle, const Receipts& receipts) {
  if (bundle.events == 0) return {};
  const auto at = receipts.find(bundle.receipt);
  if (at == receipts.end()) return "names a receipt that is not among those";
  return at->second ? std::string() : "was sealed under an answer that was no";
}

Result<std::vector<platform::fs::path>> files_of(const std::vector<std::string>& inputs) {
  std::vector<platform::fs::path> files;
  for (const std::string& input : inputs) {
    std::error_code failed;
    if (!platform::fs::is_directory(input, failed)) {
      files.emplace_back(input);
      continue;
    }
    for (platform::fs::recursive_directory_iterator at(input, failed), end; !failed && at != end;
         at.increment(failed))
      if (at->path().extension() == ".age") files.push_back(at->path());
    if (failed) return os_error(failed.value(), input);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Signature of each, that each names the one before, and a receipt of a yes where those are there.
Result<Findings> verify_inside(const Options& options) {
  auto log = AccessLog::open(options.access, options.identity);
  if (!log) return log.error();
  const auto identities = read_identities(options.identity);
  if (!identities) return identities.error();
  std::optional<Receipts> receipts;
  if (!options.receipts.empty()) {
    auto read = read_receipts(options.receipts);
    if (!read) return read.error();
    receipts = std::move(*read);
  }
  if (auto added = log->add({{"did", "verify"}, {"state", "begun"}}); !added) return added.error();
  Findings findings;
  boost::json::array opened;
  std::map<std::pair<seal::ParticipantPublicKey, std::int64_t>,
           std::pair<dataset::Bundle, std::string>>
      chain;
  const auto files = files_of(options.bundles);
  if (!files) return files.error();
  for (const platform::fs::path& file : *files) {
    auto bundle = dataset::read_bundle(file, *identities);
    if (!bundle) {
      findings.wrong.push_back(bundle.error().sentence);
      continue;
    }
    bundle->lines.clear();
    const auto key = std::pair(bundle->participant, bundle->n);
    const auto digest = bundle->digest;
    opened.emplace_back(digest.hex());
    const auto [at, is_new] = chain.try_emplace(key, std::move(*bundle), file.string());
    if (!is_new && at->second.first.digest != digest)
      findings.wrong.push_back(file.string() + ": bears the same number as " + at->second.second);
  }
  for (const auto& [key, entry] : chain) {
    const auto& [bundle, file] = entry;
    const auto before = chain.find({key.first, key.second - 1});
    const std::string consent = receipts ? fault_in_consent(bundle, *receipts) : "";
    if (!consent.empty())
      findings.wrong.push_back(file + ": " + consent);
    else if (before != chain.end() && bundle.previous != before->second.first.digest)
      findings.wrong.push_back(file + ": does not follow " + before->second.second +
                               " (the digest it names differs)");
    else
      ++findings.good;
  }
  if (auto added = log->add({{"did", "verify"}, {"state", "done"}, {"bundles", std::move(opened)}});
      !added)
    return added.error();
  return findings;
}

Exit verify(const Options& options) {
  const bool is_inside = options.identity.is_given();
  if (is_inside == options.bundles.empty() || (!is_inside && !options.receipts.empty()))
    return fail(
        "to look inside bundles name both: --identity KEY and the bundles or their folders");
  const auto findings = is_inside ? verify_inside(options) : verify_device();
  return findings ? print(*findings, options.as_json) : fail(findings.error());
}

}  // namespace

void add_verify(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "verify",
      "Holds bundles against what was sealed, and names what is wrong; with the "
      "organisation's key also signatures and chain");
  auto options = std::make_shared<Options>();
  add_identity(*command, options->identity, Needed::sometimes);
  add_access(*command, options->access, Needed::sometimes);
  command->add_option("--receipts", options->receipts,
                      "A participant's receipts.json, as `fieldnote mine` saves it: that each of "
                      "their bundles was sealed under a yes is checked too");
  command->add_option("bundles", options->bundles,
                      "Bundles, or folders of them; without, those of this computer");
  command->add_flag("--json", options->as_json, "For scripts: one JSON object");
  command->callback([options, &exit] { exit = verify(*options); });
}

}  // namespace fieldnote::cli

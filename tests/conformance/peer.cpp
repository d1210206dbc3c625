#include "peer.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace fieldnote::conformance {
namespace {

namespace fs = std::filesystem;

// One command line for the shell, each word quoted; nothing we pass has a quote in it.
std::string command_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) ((line += '\'') += word) += "' ";
  return line;
}

bool run(const std::vector<std::string>& words) {
  return std::system(command_line(words).c_str()) == 0;
}

std::string output_of(const std::vector<std::string>& words) {
  std::FILE* pipe = ::popen(command_line(words).append("2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string text;
  std::array<char, 4096> room;
  while (const std::size_t count = std::fread(room.data(), 1, room.size(), pipe))
    text.append(room.data(), count);
  return ::pclose(pipe) == 0 ? text : std::string();
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::vector<std::string> node(std::vector<std::string> words) {
  words.insert(words.begin(), {"node", FIELDNOTE_CONFORMANCE_FOLDER "/age_encryption.mjs"});
  return words;
}

}  // namespace

std::optional<std::string> DebianAge::missing() const {
  if (!output_of({"age", "--version"}).empty()) return std::nullopt;
  return "age is not installed (apt-get install age)";
}

bool DebianAge::seal(const fs::path& in, const fs::path& out,
                     const std::vector<std::string>& recipients, bool armored) const {
  std::vector<std::string> words = {"age", "-o", out};
  if (armored) words.emplace_back("-a");
  for (const std::string& recipient : recipients) words.insert(words.end(), {"-r", recipient});
  words.emplace_back(in);
  return run(words);
}

bool DebianAge::open(const fs::path& in, const fs::path& out, const std::string& identity) const {
  std::ofstream{out};  // age 1.1 makes no file where there is nothing to write into it
  return run({"age", "-d", "-i", key_file(identity), "-o", out, in});
}

std::string DebianAge::recipient(const std::string& identity) const {
  return first_line(output_of({"age-keygen", "-y", key_file(identity)}));
}

std::string DebianAge::new_key_file() const {
  return output_of({"age-keygen"});
}

fs::path DebianAge::key_file(const std::string& identity) const {
  const fs::path path = folder_ / "peer.key";
  std::ofstream(path) << identity << '\n';
  return path;
}

std::optional<std::string> NpmAge::missing() const {
  if (output_of({"node", "--version"}).empty()) return "node is not installed";
  if (!fs::exists(FIELDNOTE_CONFORMANCE_FOLDER "/node_modules/age-encryption"))
    return "age-encryption is not installed (npm ci in tests/conformance)";
  return std::nullopt;
}

bool NpmAge::seal(const fs::path& in, const fs::path& out,
                  const std::vector<std::string>& recipients, bool armored) const {
  std::vector<std::string> words = {"encrypt"};
  if (armored) words.emplace_back("--armor");
  words.insert(words.end(), {in, out});
  words.insert(words.end(), recipients.begin(), recipients.end());
  return run(node(words));
}

bool NpmAge::open(const fs::path& in, const fs::path& out, const std::string& identity) const {
  return run(node({"decrypt", in, out, identity}));
}

std::string NpmAge::recipient(const std::string& identity) const {
  return first_line(output_of(node({"recipient", identity})));
}

}  // namespace fieldnote::conformance

// Another implementation of age, as a program that seals and opens files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fieldnote::conformance {

class Peer {
 public:
  virtual ~Peer() = default;
  // What has to be done so that it can be tested with; nothing where it is there.
  [[nodiscard]] virtual std::optional<std::string> missing() const = 0;
  // Each says whether the program ended well.
  [[nodiscard]] virtual bool seal(const std::filesystem::path& in, const std::filesystem::path& out,
                                  const std::vector<std::string>& recipients,
                                  bool armored) const = 0;
  [[nodiscard]] virtual bool open(const std::filesystem::path& in, const std::filesystem::path& out,
                                  const std::string& identity) const = 0;
  // The recipient that it derives from an identity.
  [[nodiscard]] virtual std::string recipient(const std::string& identity) const = 0;
};

// Debian's age: /usr/bin/age and age-keygen.
class DebianAge final : public Peer {
 public:
  // `folder`: where it may keep a key file.
  explicit DebianAge(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::optional<std::string> missing() const override;
  bool seal(const std::filesystem::path& in, const std::filesystem::path& out,
            const std::vector<std::string>& recipients, bool armored) const override;
  bool open(const std::filesystem::path& in, const std::filesystem::path& out,
            const std::string& identity) const override;
  std::string recipient(const std::string& identity) const override;
  // What age-keygen writes: comments and an identity.
  [[nodiscard]] std::string new_key_file() const;

 private:
  [[nodiscard]] std::filesystem::path key_file(const std::string& identity) const;
  std::filesystem::path folder_;
};

// npm's age-encryption, by age_encryption.mjs. A recipient or identity `passphrase:TEXT` is one.
class NpmAge final : public Peer {
 public:
  std::optional<std::string> missing() const override;
  bool seal(const std::filesystem::path& in, const std::filesystem::path& out,
            const std::vector<std::string>& recipients, bool armored) const override;
  bool open(const std::filesystem::path& in, const std::filesystem::path& out,
            const std::string& identity) const override;
  std::string recipient(const std::string& identity) const override;
};

}  // namespace fieldnote::conformance

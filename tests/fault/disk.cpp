#include "disk.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>

namespace fieldnote::fault {
namespace {

constexpr std::uint64_t sector = 512;

}  // namespace

std::vector<Operation> read_log(int descriptor) {
  std::vector<Operation> log;
  off_t at = 0;
  Operation operation{};
  while (::pread(descriptor, &operation.head, sizeof operation.head, at) ==
         static_cast<ssize_t>(sizeof operation.head)) {
    at += static_cast<off_t>(sizeof operation.head);
    operation.bytes.resize(operation.head.length);
    const ssize_t count = ::pread(descriptor, operation.bytes.data(), operation.bytes.size(), at);
    BOOST_REQUIRE(count == static_cast<ssize_t>(operation.bytes.size()));
    at += count;
    log.push_back(operation);
  }
  return log;
}

Disk::Disk(fs::path root) : root_path_(std::move(root)) {
  root_->folder = true;
  struct stat facts {};
  BOOST_REQUIRE(::stat(root_path_.c_str(), &facts) == 0);
  inodes_[facts.st_ino] = root_;
}

Disk::Node& Disk::node_of(std::uint64_t inode) const {
  const auto at = inodes_.find(inode);
  BOOST_REQUIRE_MESSAGE(at != inodes_.end(), "an operation on a file that nobody made");
  return *at->second;
}

std::shared_ptr<Disk::Node> Disk::find(std::string_view path) const {
  std::shared_ptr<Node> node = root_;
  for (const fs::path& part : fs::path(path).lexically_relative(root_path_)) {
    if (part == ".") continue;
    const auto at = node->names.find(part.string());
    BOOST_REQUIRE_MESSAGE(at != node->names.end(), path << " is not there");
    node = at->second;
  }
  return node;
}

void Disk::name(std::string_view path, std::shared_ptr<Node> node) {
  const fs::path whole(path);
  Node& folder = *find(whole.parent_path().string());
  const std::string name = whole.filename().string();
  if (node)
    folder.names[name] = node;
  else
    folder.names.erase(name);
  folder.renames.push_back({moment_, name, std::move(node)});
}

void Disk::apply_write(std::string& content, const Write& write) {
  if (!write.bytes) return content.resize(write.offset);
  content.resize(std::max<std::size_t>(content.size(), write.offset + write.bytes->size()));
  content.replace(write.offset, write.bytes->size(), *write.bytes);
}

void Disk::apply(const Operation& operation) {
  const Record& head = operation.head;
  ++moment_;
  switch (head.act) {
    case Act::make_file:
    case Act::make_folder: {
      // The number of a file that is gone may be given again.
      auto node = std::make_shared<Node>();
      node->folder = head.act == Act::make_folder;
      inodes_[head.inode] = node;
      return name(operation.bytes, node);
    }
    case Act::write:
      return node_of(head.inode).writes.push_back({head.offset, operation.bytes});
    case Act::truncate:
      return node_of(head.inode).writes.push_back({head.offset, std::nullopt});
    case Act::sync: {
      Node& node = node_of(head.inode);
      for (const Write& write : node.writes) apply_write(node.durable, write);
      node.writes.clear();
      node.durable_names = node.names;
      node.renames.clear();
      return;
    }
    case Act::rename: {
      const std::size_t end = operation.bytes.find('\0');
      const std::string from = operation.bytes.substr(0, end);
      auto node = find(from);
      name(from, nullptr);
      return name(operation.bytes.substr(end + 1), std::move(node));
    }
    case Act::remove:
      return name(operation.bytes, nullptr);
    case Act::said:
    case Act::failed:
      return;
  }
}

void Disk::rebuild(const fs::path& at, Chance* chance) const {
  fs::remove_all(at);
  rebuild(*root_, at, chance, chance != nullptr ? chance->number(moment_ + 1) : 0);
}

void Disk::rebuild(const Node& node, const fs::path& at, Chance* chance,
                   std::uint64_t moment) const {
  if (!node.folder) {
    std::string content = node.durable;
    std::vector<Write> survivors;
    if (chance != nullptr)
      for (const Write& write : node.writes)
        if (chance->one_in(2)) survivors.push_back(write);
    for (std::size_t i = survivors.size(); i > 1; --i)
      std::swap(survivors[i - 1], survivors[chance->number(i)]);
    for (Write& write : survivors) {
      if (write.bytes && chance->one_in(4))
        write.bytes->resize(chance->number(write.bytes->size() / sector + 1) * sector);
      apply_write(content, write);
    }
    std::ofstream(at, std::ios::binary) << content;
    BOOST_REQUIRE(::chmod(at.c_str(), 0600) == 0);
    return;
  }
  BOOST_REQUIRE(::mkdir(at.c_str(), 0700) == 0);
  Names names = node.durable_names;
  for (const Rename& rename : node.renames) {
    if (rename.moment > moment) break;
    if (rename.node)
      names[rename.name] = rename.node;
    else
      names.erase(rename.name);
  }
  for (const auto& [name, child] : names)
    // SQLite's index of the WAL is memory that has a name; no power keeps it.
    if (!name.ends_with("-shm")) rebuild(*child, at / name, chance, moment);
}

}  // namespace fieldnote::fault

#pragma once

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "core/schema/registry.h"
#include "document/file/store.h"
#include "document/project.h"
#include "document/register.h"

namespace kiln {

/// A folder of its own that goes with the test, and all types.
class DocumentFileTest : public ::testing::Test {
protected:
  void SetUp() override {
    register_document_types(registry);
    folder = std::filesystem::temp_directory_path() / ("kiln_test_" + Uuid::random().text());
    std::filesystem::create_directory(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  void write(const Document& document, const Path& path) {
    const Result<SaveReport> report = save_document(document, path, progress);
    ASSERT_TRUE(report) << report.error().message;
  }
  Document read(const Path& path) {
    Result<OpenedDocument> opened = open_document(path, registry, progress);
    EXPECT_TRUE(opened) << opened.error().message;
    warnings = opened ? opened->warnings : std::vector<std::string>();
    return opened ? std::move(opened->document) : Document();
  }

  Registry registry;
  Services services;
  Progress progress;
  Path folder;
  std::vector<std::string> warnings;
};

/// The bytes of a file.
inline std::string bytes_of(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace kiln

#include "document/external_paths.h"

#include <gtest/gtest.h>

#include "document/image.h"
#include "document/text.h"

namespace kiln {
namespace {

Document with_image(const std::string& path) {
  Document document;
  document.add<Image>("Image").filepath = path;
  return document;
}

std::string remapped(const std::string& path, const Path& from, const Path& to, PathRemap how) {
  Document document = with_image(path);
  remap_external_paths(document, from, to, how);
  return document.named<Image>("Image")->filepath;
}

TEST(ExternalPaths, RelativeOnesNameTheSameFileFromTheNewFolder) {
  EXPECT_EQ(remapped("//tex/a.png", "/a/scene.kiln", "/b/scene.kiln", PathRemap::Relative),
            "//../a/tex/a.png");
}

TEST(ExternalPaths, AbsoluteOnesStayUnlessAllAreToBeRelative) {
  EXPECT_EQ(remapped("/x/a.png", "/a/scene.kiln", "/b/scene.kiln", PathRemap::Relative), "/x/a.png");
  EXPECT_EQ(remapped("/x/a.png", "/a/scene.kiln", "/b/scene.kiln", PathRemap::RelativeAll),
            "//../x/a.png");
}

TEST(ExternalPaths, AllBecomeAbsolute) {
  EXPECT_EQ(remapped("//tex/a.png", "/a/scene.kiln", "/b/scene.kiln", PathRemap::Absolute),
            "/a/tex/a.png");
}

TEST(ExternalPaths, RelativeOnesOfAnUnsavedDocumentStay) {
  EXPECT_EQ(remapped("//a.png", "", "/b/scene.kiln", PathRemap::RelativeAll), "//a.png");
}

TEST(ExternalPaths, ThoseOfTextsCountToo) {
  Document document;
  document.add<Text>("Text").filepath = "//script.py";

  EXPECT_EQ(remap_external_paths(document, "/a/s.kiln", "/b/s.kiln", PathRemap::Absolute), 1);
  EXPECT_EQ(document.named<Text>("Text")->filepath, "/a/script.py");
}

}  // namespace
}  // namespace kiln

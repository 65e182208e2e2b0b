#include "editor/preferences/fonts.h"

#include <QFontDatabase>

namespace kiln::editor {
namespace {

QFont prepared(QFont font, const std::string& path, const PreferencesView& chosen) {
  const int loaded =
      path.empty() ? -1 : QFontDatabase::addApplicationFont(QString::fromStdString(path));
  const QStringList families =
      loaded < 0 ? QStringList() : QFontDatabase::applicationFontFamilies(loaded);
  if (!families.isEmpty()) {
    font.setFamily(families.front());
  }
  font.setStyleStrategy(chosen.use_text_antialiasing ? QFont::PreferAntialias : QFont::NoAntialias);
  font.setHintingPreference(
      chosen.text_hinting == TextHinting::None     ? QFont::PreferNoHinting
      : chosen.text_hinting == TextHinting::Slight ? QFont::PreferVerticalHinting
      : chosen.text_hinting == TextHinting::Full   ? QFont::PreferFullHinting
                                                   : QFont::PreferDefaultHinting);
  return font;
}

}  // namespace

QFont interface_font(const PreferencesView& chosen) {
  QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  font.setPixelSize(12);
  return prepared(font, chosen.font_path_ui, chosen);
}

QFont monospaced_font(const PreferencesView& chosen) {
  return prepared(QFontDatabase::systemFont(QFontDatabase::FixedFont), chosen.font_path_ui_mono,
                  chosen);
}

}  // namespace kiln::editor

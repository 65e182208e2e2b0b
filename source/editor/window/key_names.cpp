#include "editor/window/key_names.h"

#include <QKeyEvent>

namespace kiln::editor {
namespace {

struct Name {
  int key;
  const char* name;
};
constexpr Name names[] = {
    {Qt::Key_Escape, "ESC"},
    {Qt::Key_Return, "RET"},
    {Qt::Key_Tab, "TAB"},
    {Qt::Key_Backtab, "TAB"},
    {Qt::Key_Space, "SPACE"},
    {Qt::Key_Backspace, "BACK_SPACE"},
    {Qt::Key_Delete, "DEL"},
    {Qt::Key_Home, "HOME"},
    {Qt::Key_End, "END"},
    {Qt::Key_PageUp, "PAGE_UP"},
    {Qt::Key_PageDown, "PAGE_DOWN"},
    {Qt::Key_Left, "LEFT_ARROW"},
    {Qt::Key_Right, "RIGHT_ARROW"},
    {Qt::Key_Up, "UP_ARROW"},
    {Qt::Key_Down, "DOWN_ARROW"},
    {Qt::Key_Period, "PERIOD"},
    {Qt::Key_Comma, "COMMA"},
    {Qt::Key_Minus, "MINUS"},
    {Qt::Key_Plus, "PLUS"},
    {Qt::Key_Equal, "EQUAL"},
    {Qt::Key_Slash, "SLASH"},
    {Qt::Key_QuoteLeft, "ACCENT_GRAVE"},
    {Qt::Key_AsciiTilde, "ACCENT_GRAVE"},
    {Qt::Key_BracketLeft, "LEFT_BRACKET"},
    {Qt::Key_BraceLeft, "LEFT_BRACKET"},
    {Qt::Key_BracketRight, "RIGHT_BRACKET"},
    {Qt::Key_BraceRight, "RIGHT_BRACKET"},
    {Qt::Key_Semicolon, "SEMI_COLON"},
    {Qt::Key_Colon, "SEMI_COLON"},
    {Qt::Key_Apostrophe, "QUOTE"},
    {Qt::Key_QuoteDbl, "QUOTE"},
    {Qt::Key_Backslash, "BACK_SLASH"},
    {Qt::Key_Bar, "BACK_SLASH"},
};

// The digit on the key, also where a modifier makes another sign of it; -1 where there is none. The
// keys of the row of digits have the same codes on all layouts (X11 and Wayland: 10 to 19).
int digit_of(const QKeyEvent& event) {
  if (event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9) {
    return event.key() - Qt::Key_0;
  }
  const quint32 code = event.nativeScanCode();
  return code >= 10 && code <= 19 ? int(code - 9) % 10 : -1;
}

}  // namespace

KeyStroke stroke_of(const QKeyEvent& event) {
  KeyStroke stroke;
  const Qt::KeyboardModifiers modifiers = event.modifiers();
  stroke.shift = modifiers.testFlag(Qt::ShiftModifier);
  stroke.ctrl = modifiers.testFlag(Qt::ControlModifier);
  stroke.alt = modifiers.testFlag(Qt::AltModifier);
  const int key = event.key();
  if (modifiers.testFlag(Qt::KeypadModifier)) {
    if (key >= Qt::Key_0 && key <= Qt::Key_9) {
      stroke.key = "NUMPAD_" + std::string(1, char('0' + (key - Qt::Key_0)));
      return stroke;
    }
    // Without Num Lock the number pad sends what is printed below the digits.
    constexpr Name pad[] = {{Qt::Key_Period, "NUMPAD_PERIOD"}, {Qt::Key_Comma, "NUMPAD_PERIOD"},
                            {Qt::Key_Delete, "NUMPAD_PERIOD"}, {Qt::Key_Plus, "NUMPAD_PLUS"},
                            {Qt::Key_Minus, "NUMPAD_MINUS"},   {Qt::Key_Enter, "NUMPAD_ENTER"},
                            {Qt::Key_Slash, "NUMPAD_SLASH"},   {Qt::Key_Asterisk, "NUMPAD_ASTERIX"},
                            {Qt::Key_End, "NUMPAD_1"},         {Qt::Key_Down, "NUMPAD_2"},
                            {Qt::Key_PageDown, "NUMPAD_3"},    {Qt::Key_Left, "NUMPAD_4"},
                            {Qt::Key_Clear, "NUMPAD_5"},       {Qt::Key_Right, "NUMPAD_6"},
                            {Qt::Key_Home, "NUMPAD_7"},        {Qt::Key_Up, "NUMPAD_8"},
                            {Qt::Key_PageUp, "NUMPAD_9"},      {Qt::Key_Insert, "NUMPAD_0"}};
    for (const Name& entry : pad) {
      if (entry.key == key) {
        stroke.key = entry.name;
        return stroke;
      }
    }
  }
  if (key >= Qt::Key_A && key <= Qt::Key_Z) {
    stroke.key = std::string(1, char('A' + (key - Qt::Key_A)));
  } else if (const int digit = digit_of(event); digit >= 0) {
    static constexpr const char* digits[] = {"ZERO", "ONE", "TWO",   "THREE", "FOUR",
                                             "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"};
    stroke.key = digits[digit];
  } else if (key >= Qt::Key_F1 && key <= Qt::Key_F12) {
    stroke.key = "F" + std::to_string(key - Qt::Key_F1 + 1);
  } else {
    for (const Name& entry : names) {
      if (entry.key == key) {
        stroke.key = entry.name;
      }
    }
  }
  return stroke;
}

std::string script_name_of(const QKeyEvent& event) {
  switch (event.key()) {
    case Qt::Key_Shift:
      return "LEFT_SHIFT";
    case Qt::Key_Control:
      return "LEFT_CTRL";
    case Qt::Key_Alt:
      return "LEFT_ALT";
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
      return "OSKEY";
    default:
      break;
  }
  const std::string name = stroke_of(event).key;
  return name.empty() ? "NONE" : name;
}

}  // namespace kiln::editor

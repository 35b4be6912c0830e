import { HostConfig } from 'adaptivecards';

/** Sizes and colours of cards, near to Teams' own. */
export const hostConfig = new HostConfig({
  supportsInteractivity: true,
  fontFamily: 'inherit',
  spacing: { small: 4, default: 8, medium: 14, large: 18, extraLarge: 24, padding: 14 },
  separator: { lineThickness: 1, lineColor: '#e4e2ee' },
  fontSizes: { small: 12, default: 14, medium: 15, large: 17, extraLarge: 20 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 21, large: 23, extraLarge: 27 },
  containerStyles: {
    default: {
      backgroundColor: '#ffffff',
      foregroundColors: {
        default: { default: '#26243a', subtle: '#5d5b73' },
        attention: { default: '#a4312a', subtle: '#a4312a' },
      },
    },
    emphasis: {
      backgroundColor: '#f6f5fb',
      foregroundColors: { default: { default: '#26243a', subtle: '#5d5b73' } },
    },
  },
  actions: {
    maxActions: 5,
    spacing: 'default',
    buttonSpacing: 6,
    showCard: { actionMode: 'inline', inlineTopMargin: 10, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', spacing: 'small' },
  },
});
